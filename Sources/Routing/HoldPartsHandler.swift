public import DeskStore
public import Jobs
import Postgres

/// Has some parts of a major incident wait with it, or go on.
public struct HoldPartsHandler: Sendable {
    let store: DeskStore

    public init(_ store: DeskStore) { self.store = store }

    public var handler: JobHandler {
        JobHandler(for: HoldParts.self) {
            (job: HoldParts, context: JobContext, transaction: borrowing Transaction) in
            try await store.hold(job, using: transaction)
            return .done
        }
    }
}
