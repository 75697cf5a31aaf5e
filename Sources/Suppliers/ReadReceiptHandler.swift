import Desk
public import DeskStore
import DeskSuppliers
import Foundation
public import Jobs
import Moments
import Postgres
public import Runtime

/// Reads what a supplier said and records it on the ticket, once. What cannot be read or does not fit is kept with the
/// reason, and holds up nothing that comes after it.
public struct ReadReceiptHandler: Sendable {
    let store: DeskStore
    let log: Log
    let connectors = Connectors()

    public init(_ store: DeskStore, log: Log) { (self.store, self.log) = (store, log) }

    public var handler: JobHandler {
        JobHandler(for: ReadSupplierReceipt.self) { job, context in try await read(job.receipt, context) }
    }

    private func read(_ id: Int64, _ context: JobContext) async throws -> JobOutcome {
        do {
            try await context.complete { (transaction: borrowing Transaction) in
                guard let receipt = try await transaction.receipt(id), receipt.result == nil else { return }
                try await record(receipt, cause: "job \(context.id)", using: transaction)
                try await transaction.settle(receipt: id, as: "recorded", at: store.timekeeper.now)
                SupplierPoint.receiptBeforeCommit.pass()
            }
            return .done
        } catch let reason where Self.isFinal(reason) {
            // What was written before the refusal is gone with its transaction; the reason needs one of its own.
            let outcome = JobOutcome.discard(because: "\(reason)")
            try await context.complete(as: outcome) { (transaction: borrowing Transaction) in
                try await transaction.settle(receipt: id, as: "refused: \(reason)", at: store.timekeeper.now)
            }
            log.warning("what a supplier said does not fit", ["receipt": .int(Int(id)), "err": .error(reason)])
            return outcome
        }
    }

    /// Whether another attempt would end in the same way.
    private static func isFinal(_ error: any Error) -> Bool {
        error is UnreadableEvent || error is Refusal || error is UnknownExchange || error is NoSuchTicket
    }

    private func record(
        _ receipt: SupplierReceipt, cause: String, using transaction: borrowing Transaction
    ) async throws {
        guard let supplier = try await store.directory(using: transaction).supplier(receipt.supplier) else {
            throw UnknownExchange(description: "the organisation no longer names the supplier")
        }
        guard let connector = connectors.connector(of: supplier) else {
            throw UnreadableEvent("this program has no connector for \"\(supplier.connector.word)\"")
        }
        if let request = try connector.request(in: receipt.body) {
            try await ClientRecorder(store: store, supplier: supplier, id: receipt.supplier, cause: cause)
                .record(request, using: transaction)
            return
        }
        let recorder = StatementRecorder(store: store)
        for statement in try connector.statements(in: receipt.body) {
            try await recorder.record(
                statement, of: supplier, as: receipt.supplier, cause: cause, using: transaction)
        }
    }
}
