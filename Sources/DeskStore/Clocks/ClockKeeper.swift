import Desk
import Moments
import Postgres

/// Settles the clocks of a ticket: reads those that may be different, lets the rules move them, writes what is.
struct ClockKeeper: Sendable {
    let ticket: Ticket
    let directory: Directory

    func settle(on transaction: borrowing Transaction) async throws {
        let before = ticket.revision == 1 ? [] : try await transaction.liveClocks(of: ticket, calendars: directory)
        var clocks = Clocks(before.map(\.clock))
        clocks.settle(for: ticket, under: try await terms(on: transaction))
        try await transaction.write(clocks, over: before, of: ticket.id)
    }

    private func terms(on transaction: borrowing Transaction) async throws -> Clocks.Terms {
        var requesterClass = "standard"
        if directory.organisation.targets.contains(where: { !$0.conditions.classes.isEmpty }) {
            requesterClass =
                try await transaction.first(
                    "select class from person where id = \(ticket.requester)", as: String.self) ?? requesterClass
        }
        return try directory.terms(for: ticket, requesterClass: requesterClass)
    }
}
