import Desk
public import DeskStore
import DeskSuppliers
public import HTTP
import JSON
public import Jobs
import Moments
import Postgres
public import Runtime
import Secrets

/// Carries the messages of a bond to the supplier's system, in their order.
///
/// A message goes out at least once, after a crash also again: the connector sees to it that their system has it once.
public struct DeliverMessageHandler: Sendable {
    let store: DeskStore
    let wires: Wires
    /// The URL of the desk, from which its messages come.
    let source: String
    let log: Log
    let connectors = Connectors()
    private let hands: DeliveryHands

    /// How many messages one attempt carries: together they stay within the time a job may take.
    static let batch = 3
    /// How long messages wait for a secret that nobody has set yet.
    static let patience = Duration.seconds(60)
    /// How long a supplier that keeps asking for time is given some.
    static let oldest = Duration.seconds(96 * 3600)
    /// How often it is looked whether a line that was paused is open again, should nobody have said so.
    static let pause = Duration.seconds(600)

    /// - Parameter width: how many deliveries the worker has under way at the most.
    public init(
        _ store: DeskStore, secrets: SecretStore, client: HTTPClient, source: String, width: Int = 4, log: Log
    ) {
        (self.store, self.source, self.log) = (store, source, log)
        (wires, hands) = (
            Wires(client: client, secrets: secrets, timekeeper: store.timekeeper), DeliveryHands(width)
        )
    }

    public var handler: JobHandler {
        JobHandler(for: DeliverSupplierMessage.self) { job, context in
            let (supplier, now) = (context.group ?? "", store.timekeeper.now)
            if let wait = hands.take(for: supplier, at: now) { return .snooze(wait) }
            defer { hands.giveBack(supplier, since: now) }
            return try await deliver(job.bond, context)
        }
    }

    private func deliver(_ bond: Int64, _ context: JobContext) async throws -> JobOutcome {
        for _ in 0..<Self.batch {
            let delivery: Delivery
            switch try await prepare(bond) {
            case .nothing: return .done
            case .wait(let wait): return .snooze(wait)
            case .hopeless(let bond, let message, let reason):
                return try await giveUp(message, of: bond, because: reason, nil, context)
            case .ready(let ready): delivery = ready
            }
            let (record, result) = await wires.attempt(delivery.supplier.code) { wire throws(Setback) in
                try await delivery.parcel.carry(by: delivery.connector, over: wire)
            }
            let trace = MessageTrace(sent: record.sent, received: record.received)
            switch result {
            case .success(let delivered):
                SupplierPoint.posted.pass()
                if try await settle(delivery, delivered, trace, context) { return .done }
            case .failure(let setback): return try await suffer(setback, delivery, trace, context)
            }
        }
        return .snooze(.zero)
    }

    private enum Preparation {
        case nothing
        case wait(Duration)
        case ready(Delivery)
        case hopeless(BondView, PendingMessage, because: String)
    }

    /// Takes the next message of the bond and fixes its bytes, before anything leaves.
    private func prepare(_ id: Int64) async throws -> Preparation {
        try await store.transaction { (transaction: borrowing Transaction) in
            guard let bond = try await transaction.bond(id), let message = try await transaction.nextMessage(of: id),
                let shared = try await store.sharedTicket(
                    bond.ticket, with: bond.supplier, note: message.note, using: transaction),
                !message.isParked
            else { return .nothing }
            guard let supplier = shared.directory.supplier(bond.supplier) else {
                return .hopeless(bond, message, because: "the organisation no longer names the supplier")
            }
            guard let connector = connectors.connector(of: supplier) else {
                let word = supplier.connector.word
                return .hopeless(bond, message, because: "this program has no connector for \"\(word)\"")
            }
            let line = try await transaction.line(to: bond.supplier)
            if let wait = try await wait(for: line, of: bond.supplier, using: transaction) { return .wait(wait) }
            return .ready(
                Delivery(
                    bond: bond, message: message, supplier: supplier, connector: connector, line: line,
                    parcel: try await pack(message, of: bond, about: shared, for: supplier, using: transaction)))
        }
    }

    /// Fixes what leaves.
    private func pack(
        _ message: PendingMessage, of bond: BondView, about shared: SharedTicket, for supplier: Supplier,
        using transaction: borrowing Transaction
    ) async throws -> Parcel {
        switch message.kind {
        case .told(let kind):
            let event = CloudEvent(message, kind, of: bond, about: shared, to: supplier, from: source)
            let text = try await transaction.fix(event.text, of: message.id)
            return .told(
                Outgoing(
                    bond: bond, event: try CloudEvent(reading: text.utf8), text: text, attempt: message.attempts + 1,
                    read: { try await store.bytes(of: $0.id, sha256: $0.sha256, size: $0.size) }))
        case .reported(let kind):
            let words = try await transaction.publicText(of: message.note, on: bond.ticket, for: supplier)
            let files = try await transaction.publicFiles(of: message.note, on: bond.ticket)
            let event = CloudEvent(
                message, kind, of: bond, about: shared.record.ticket, words: words,
                files: files.map { SharedFile($0, with: .note) }.thatCross.allowed(by: supplier.fields), from: source)
            return .reported(
                OutgoingReport(id: event.id, text: try await transaction.fix(event.text, of: message.id)))
        }
    }

    /// How long a message waits because of the line; nil where it may go.
    private func wait(
        for line: SupplierLine, of supplier: SupplierID, using transaction: borrowing Transaction
    ) async throws -> Duration? {
        let now = store.timekeeper.now
        switch line.admission(at: now) {
        case .open: return nil
        case .closed(let moment): return max(.seconds(1), moment.duration(since: now))
        case .paused: return Self.pause
        case .probe: return try await transaction.takeProbe(of: supplier, line, at: now) ? nil : SupplierLine.probe
        }
    }

    /// Writes down that the supplier has the message, and what its answer said.
    ///
    /// - Returns: whether that was the bond's last one; the job is finished with it.
    private func settle(
        _ delivery: Delivery, _ delivered: Delivered, _ trace: MessageTrace, _ context: JobContext
    ) async throws -> Bool {
        let now = store.timekeeper.now
        let isLast = try await store.transaction { (transaction: borrowing Transaction) in
            // Whoever changes a ticket holds it before its exchanges.
            _ = try await transaction.ticket(delivery.bond.ticket)
            if let terms = delivered.leavesByMail {
                try await store.oweLetter(
                    delivery.message, of: delivery.bond, to: delivery.supplier, reading: terms, from: context.site,
                    using: transaction)
            }
            let missing = delivered.refusedFiles.isEmpty ? nil : delivered.refusedFiles.joined(separator: "\n")
            let theirs = RemoteTicket(remote: delivered.remote, written: delivered.written, missing: missing)
            try await transaction.markSent(
                delivery.message, of: delivery.bond, theirs, told: delivery.parcel.priority, trace, at: now)
            try await transaction.noteSuccess(of: delivery.bond.supplier, delivery.line, at: now)
            try await confirm(delivered, of: delivery, cause: "job \(context.id)", using: transaction)
            if case .tmf621(let terms) = delivery.supplier.connector, terms.url == nil {
                try await transaction.tellListeners(
                    of: delivery.bond, delivery.message.kind.events.map(\.rawValue), group: delivery.supplier.code,
                    at: now)
            }
            guard try await transaction.nextMessage(of: delivery.bond.id) == nil else { return false }
            try await context.complete(in: transaction)
            return true
        }
        log.info(
            "told a supplier",
            ["message": .string(delivery.parcel.id), "kind": .string(delivery.message.kind.rawValue)])
        return isLast
    }

    /// Records what the answer said beside having the message.
    private func confirm(
        _ delivered: Delivered, of delivery: Delivery, cause: String, using transaction: borrowing Transaction
    ) async throws {
        var contents = delivered.confirmed
        if let reference = delivered.theirReference, reference != delivery.bond.theirReference {
            contents.insert(.acknowledged(reference: reference), at: 0)
        }
        let recorder = StatementRecorder(store: store)
        // What ends an exchange is heard with all that was said before it.
        for content in contents where !content.ends(by: delivery.supplier.mapping) {
            do {
                try await recorder.record(
                    SupplierStatement(exchange: delivery.bond.uuid, content), of: delivery.supplier,
                    as: delivery.bond.supplier, cause: cause, using: transaction)
            } catch let reason where reason is Refusal || reason is UnknownExchange {
                // The ticket went on without the supplier while the message was under way.
            }
        }
    }
}

/// A message that is ready to be carried over, and how.
struct Delivery: Sendable {
    let bond: BondView
    let message: PendingMessage
    let supplier: Supplier
    let connector: any Connector
    let line: SupplierLine
    let parcel: Parcel
}
