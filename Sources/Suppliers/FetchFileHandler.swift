import Desk
public import DeskStore
import DeskSuppliers
import Foundation
public import HTTP
public import Jobs
import Moments
import Postgres
public import Runtime
import Secrets

/// Fetches what a supplier's people have attached to their ticket, or another desk has named with its words, and puts
/// it on ours, once. What cannot be had is told to those who answer for the ticket.
public struct FetchFileHandler: Sendable {
    let store: DeskStore
    let wires: Wires
    let log: Log
    var connectors = Connectors()
    private let hands: DeliveryHands

    /// - Parameter width: how many jobs the worker has under way at the most.
    public init(_ store: DeskStore, secrets: SecretStore, client: HTTPClient, width: Int = 4, log: Log) {
        (self.store, self.log, hands) = (store, log, DeliveryHands(width))
        wires = Wires(client: client, secrets: secrets, timekeeper: store.timekeeper)
    }

    public var handler: JobHandler {
        JobHandler(for: FetchSupplierFile.self) { job, context in
            let (supplier, now) = (context.group ?? "", store.timekeeper.now)
            if let wait = hands.take(for: supplier, at: now) { return .snooze(wait) }
            defer { hands.giveBack(supplier, since: now) }
            do {
                return try await fetch(job.receipt, context)
            } catch let reason where reason is Refusal || reason is UnknownExchange || reason is NoSuchTicket {
                return try await settle(job.receipt, as: "refused: \(reason)", context)
            }
        }
    }

    private enum Preparation {
        case settled(as: String)
        case wait(Duration)
        case ready(Errand)
    }

    /// A file that is to be fetched, and for what.
    struct Errand {
        let receipt: Int64
        let file: AttachedFile
        let bond: BondView
        let id: SupplierID
        let supplier: Supplier
        let connector: any Connector
        let line: SupplierLine
    }

    private func fetch(_ receipt: Int64, _ context: JobContext) async throws -> JobOutcome {
        let errand: Errand
        switch try await prepare(receipt) {
        case .wait(let wait): return .snooze(wait)
        case .settled(let result): return try await settle(receipt, as: result, context)
        case .ready(let ready): errand = ready
        }
        if let size = errand.file.size, size > SharedFile.mostBytes { return try await tellTooLarge(errand, context) }
        let (_, result) = await wires.attempt(errand.supplier.code) { wire throws(Setback) in
            try await errand.connector.fetch(errand.file, over: wire)
        }
        if errand.line.closedUntil != nil { try await note(result, of: errand) }
        switch result {
        case .success(let bytes) where bytes.count > SharedFile.mostBytes:
            return try await tellTooLarge(errand, context)
        case .success(let bytes) where errand.file.size.map({ $0 != bytes.count }) ?? false:
            let reason = "the supplier sent \(bytes.count) bytes of a file that has \(errand.file.size ?? 0)"
            return try await suffer(.postponed(because: reason, after: nil), errand, context)
        case .success(let bytes) where errand.file.sha256.map({ $0 != Digest(sha256: bytes).bytes }) ?? false:
            let reason = "what the supplier sent is not what it has named"
            return try await suffer(.postponed(because: reason, after: nil), errand, context)
        case .success(let bytes): return try await keep(bytes, errand, context)
        case .failure(let setback): return try await suffer(setback, errand, context)
        }
    }

    private func settle(_ receipt: Int64, as result: String, _ context: JobContext) async throws -> JobOutcome {
        try await context.complete { (transaction: borrowing Transaction) in
            try await transaction.settle(receipt: receipt, as: result, at: store.timekeeper.now)
        }
        return .done
    }

    /// What a probe has shown of the line: a system that gives one file not need not be away.
    private func note(_ result: Result<[UInt8], Setback>, of errand: Errand) async throws {
        let now = store.timekeeper.now
        try await store.transaction { (transaction: borrowing Transaction) in
            if case .failure(.postponed(let reason, let wait)) = result {
                try await transaction.noteFailure(of: errand.id, because: reason, askedFor: wait, at: now)
            } else {
                try await transaction.noteSuccess(of: errand.id, errand.line, at: now)
            }
        }
    }

    private func prepare(_ id: Int64) async throws -> Preparation {
        try await store.transaction { (transaction: borrowing Transaction) in
            guard let receipt = try await transaction.receipt(id), receipt.result == nil else {
                return .settled(as: "fetched")
            }
            guard let supplier = try await store.directory(using: transaction).supplier(receipt.supplier),
                let connector = connectors.connector(of: supplier),
                let file = try? AttachedFile(reading: receipt.body),
                let bond = try await transaction.bond(file.exchange, with: receipt.supplier)
            else { return .settled(as: "refused: it is at no exchange of ours") }
            if try await transaction.wrote(file.id, in: bond.id) { return .settled(as: "our own file") }
            let line = try await transaction.line(to: receipt.supplier)
            switch line.admission(at: store.timekeeper.now) {
            case .probe:
                guard try await transaction.takeProbe(of: receipt.supplier, line, at: store.timekeeper.now) else {
                    return .wait(SupplierLine.probe)
                }
            case .closed(let moment): return .wait(max(.seconds(1), moment.duration(since: store.timekeeper.now)))
            case .paused: return .wait(DeliverMessageHandler.pause)
            case .open: break
            }
            return .ready(
                Errand(
                    receipt: id, file: file, bond: bond, id: receipt.supplier, supplier: supplier,
                    connector: connector, line: line))
        }
    }

    /// What both sides have of one another already is not kept twice: it may be ours, or have been attached twice by a
    /// request that got doubled.
    private func keep(_ bytes: [UInt8], _ errand: Errand, _ context: JobContext) async throws -> JobOutcome {
        let (file, bond) = (errand.file, errand.bond)
        let upload = Upload(name: Upload.name(file.name), type: file.type, bytes: bytes)
        try await context.complete { (transaction: borrowing Transaction) in
            // Whoever changes a ticket holds it before its exchanges.
            _ = try await transaction.ticket(bond.ticket)
            var result = "the same file is here"
            if let entry = file.entry {
                try await transaction.attach(upload, to: bond.ticket, entry: EntryID(entry))
                result = "fetched"
            } else if try await !transaction.hasExchanged(upload.content.digest, in: bond) {
                let waiting = try await transaction.attach(upload, to: bond.ticket, entry: nil)
                var statement = SupplierStatement(file.exchange, .noted(""), item: file.id)
                statement.files = [waiting.id]
                try await StatementRecorder(store: store).record(
                    statement, of: errand.supplier, as: errand.id, cause: "job \(context.id)", using: transaction)
                result = "fetched"
            }
            try await transaction.settle(receipt: errand.receipt, as: result, at: store.timekeeper.now)
        }
        return .done
    }
}
