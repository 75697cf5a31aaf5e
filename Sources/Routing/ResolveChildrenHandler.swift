import Desk
public import DeskStore
public import Jobs
import Postgres

/// Resolves the parts of a ticket with the outcome that the ticket has.
public struct ResolveChildrenHandler: Sendable {
    let store: DeskStore

    public init(_ store: DeskStore) { self.store = store }

    public var handler: JobHandler {
        JobHandler(for: ResolveChildren.self) {
            (job: ResolveChildren, context: JobContext, transaction: borrowing Transaction) in
            guard let parent = try await transaction.ticket(job.ticket), let outcome = parent.ticket.outcome else {
                return .discard(because: "the ticket is not resolved any more")
            }
            let recording = Recording(by: .program, cause: "resolution of \(parent.ticket.number)")
            for child in try await transaction.openChildren(of: job.ticket) {
                try await store.record(on: child, recording, using: transaction) { _ in
                    .resolved(outcome, note: nil)
                }
            }
            return .done
        }
    }
}
