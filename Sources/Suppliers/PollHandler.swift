import Desk
public import DeskStore
import DeskSuppliers
public import HTTP
public import Jobs
import Moments
import Postgres
public import Runtime
import Secrets

/// Asks suppliers whose systems do not call us what has changed there. What is found is kept and read as if it had come
/// through a door.
public struct PollHandler: Sendable {
    let store: DeskStore
    let wires: Wires
    /// The URL of the desk, without a slash at its end: there it is told of news.
    let base: String
    let log: Log
    var connectors = Connectors()

    public init(_ store: DeskStore, secrets: SecretStore, client: HTTPClient, base: String, log: Log) {
        (self.store, self.base, self.log) = (store, base, log)
        wires = Wires(client: client, secrets: secrets, timekeeper: store.timekeeper)
    }

    public var handlers: [JobHandler] {
        [
            JobHandler(for: PollSuppliers.self) { _, context in try await leave(context) },
            JobHandler(for: PollSupplier.self) { job, context in try await poll(SupplierID(job.supplier), context) },
        ]
    }

    /// Leaves a poll for each supplier that has to be asked, unless its last one is still under way.
    private func leave(_ context: JobContext) async throws -> JobOutcome {
        try await context.complete { (transaction: borrowing Transaction) in
            let directory = try await store.directory(using: transaction)
            for supplier in directory.organisation.suppliers {
                guard let connector = connectors.connector(of: supplier), connector.polls,
                    let id = directory.suppliers[supplier.code]
                else { continue }
                try await transaction.enqueue(
                    PollSupplier(supplier: id.rawValue), group: supplier.code, unique: "\(id)")
            }
        }
        return .done
    }

    private func poll(_ id: SupplierID, _ context: JobContext) async throws -> JobOutcome {
        let (line, mayAsk, directory) = try await store.transaction { (transaction: borrowing Transaction) in
            let line = try await transaction.line(to: id)
            let mayAsk = try await admit(line, of: id, using: transaction)
            return (line, mayAsk, try await store.directory(using: transaction))
        }
        guard mayAsk, let supplier = directory.supplier(id),
            let connector = connectors.connector(of: supplier)
        else { return .discard(because: "the supplier is not asked now") }
        let listener = try await newListener(of: supplier, line)
        let (_, result) = await wires.attempt(supplier.code) { wire throws(Setback) in
            if let listener { try await register(listener, supplier.code, connector, over: wire) }
            return try await connector.poll(since: line.pollCursor, over: wire)
        }
        switch result {
        case .success(nil): return .done
        case .success(let polled?):
            return try await keep(polled, from: supplier.code, id, line, listeningAt: listener, context)
        case .failure(.interrupted): throw CancellationError()
        case .failure(let setback): return try await suffer(setback, supplier.code, id, context)
        }
    }

    /// The address at which a supplier's system is to tell us of news, if it has not been asked to do that there.
    private func newListener(of supplier: Supplier, _ line: SupplierLine) async throws -> String? {
        guard let name = supplier.connector.terms.listener, let secret = try await wires.secret(name) else {
            return nil
        }
        let address = base + SupplierListener.path(of: supplier.code, secret: secret)
        return address == line.listener ? nil : address
    }

    /// A system that takes no listeners is asked as before.
    private func register(
        _ listener: String, _ code: String, _ connector: any Connector, over wire: Wire
    ) async throws(Setback) {
        do {
            try await connector.register(listener: listener, over: wire)
        } catch .refused(let reason) {
            log.info("a supplier takes no listener", ["supplier": .string(code), "reason": .string(reason)])
        }
    }

    private func admit(
        _ line: SupplierLine, of id: SupplierID, using transaction: borrowing Transaction
    ) async throws -> Bool {
        let now = store.timekeeper.now
        switch line.admission(at: now) {
        case .open: return true
        case .probe: return try await transaction.takeProbe(of: id, line, at: now)
        case .closed, .paused: return false
        }
    }

    private func keep(
        _ polled: Polled, from code: String, _ id: SupplierID, _ line: SupplierLine,
        listeningAt listener: String?, _ context: JobContext
    ) async throws -> JobOutcome {
        let now = store.timekeeper.now
        try await context.complete { (transaction: borrowing Transaction) in
            if let listener { try await transaction.noteListener(of: id, at: listener) }
            for receipt in polled.receipts {
                _ = try await store.receive(
                    receipt.body, messageID: receipt.messageID, from: id, using: transaction)
            }
            for file in polled.files {
                try await store.receive(
                    file: file.text, messageID: file.messageID, from: id, group: code, using: transaction)
            }
            try await transaction.noteSuccess(of: id, line, at: now)
            try await transaction.notePoll(of: id, upTo: polled.cursor, at: now)
        }
        return .done
    }

    /// The next poll asks for the same again.
    private func suffer(
        _ setback: Setback, _ code: String, _ id: SupplierID, _ context: JobContext
    ) async throws -> JobOutcome {
        let now = store.timekeeper.now
        log.warning("a supplier could not be asked", ["supplier": .string(code), "reason": .string(setback.reason)])
        let outcome = JobOutcome.discard(because: setback.reason)
        try await context.complete(as: outcome) { (transaction: borrowing Transaction) in
            switch setback {
            case .unauthorised(let reason), .gone(let reason):
                try await transaction.pause(id, because: reason, at: now)
            case .postponed(let reason, let wait):
                try await transaction.noteFailure(of: id, because: reason, askedFor: wait, at: now)
            case .refused(let reason):
                try await transaction.noteFailure(of: id, because: reason, askedFor: nil, at: now)
            case .unready, .interrupted: break
            }
        }
        return outcome
    }
}
