import Desk
public import DeskStore
public import Jobs
import Postgres

/// Closes a resolved ticket about which nobody has said anything since.
public struct CloseSilentTicketHandler: Sendable {
    let store: DeskStore

    public init(_ store: DeskStore) { self.store = store }

    public var handler: JobHandler {
        JobHandler(for: CloseSilentTicket.self) {
            (job: CloseSilentTicket, context: JobContext, transaction: borrowing Transaction) in
            guard let ticket = try await transaction.ticket(job.ticket)?.ticket,
                try await !transaction.isBroken(silenceOf: job.ticket, since: job.revision), ticket.state == .resolved
            else { return .discard(because: "the ticket has moved on since it was resolved") }
            try await store.record(on: job.ticket, Recording(by: .program, cause: "silence"), using: transaction) { _ in
                .closed
            }
            return .done
        }
    }
}
