import Desk
public import DeskStore
public import Jobs
import Postgres

/// Takes a ticket up again that was on hold until a moment.
public struct ResumeTicketHandler: Sendable {
    let store: DeskStore

    public init(_ store: DeskStore) { self.store = store }

    public var handler: JobHandler {
        JobHandler(for: ResumeTicket.self) {
            (job: ResumeTicket, context: JobContext, transaction: borrowing Transaction) in
            guard try await transaction.ticket(job.ticket)?.ticket.undertakings.resumesAt == job.due else {
                return .discard(because: "the ticket does not wait until then any more")
            }
            try await store.record(
                on: job.ticket, Recording(by: .program, cause: "job \(context.id)"), using: transaction
            ) { _ in .resumed }
            return .done
        }
    }
}
