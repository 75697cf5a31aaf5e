import Desk
import Moments
import Postgres

/// Settles the clocks of a ticket: reads those that may be different, lets the rules move them, writes what is.
struct ClockKeeper: Sendable {
    let ticket: Ticket
    let directory: Directory
    /// Where the keys of the clocks of a new ticket come from; nil for the database itself.
    var keys: KeyReserve?

    /// - Returns: the clocks that may be different, as they are then.
    @discardableResult
    func settle(after effects: [Effect] = [], on transaction: borrowing Transaction) async throws -> Clocks {
        let (before, after) = try await settled(after: effects, on: transaction)
        try await transaction.write(
            after, over: before, of: ticket.id, at: ticket.updatedAt, keys: ticket.revision == 1 ? keys : nil)
        return after
    }

    /// The clocks that may be different as they are kept, and as the rules would have them.
    func settled(
        after effects: [Effect] = [], on transaction: borrowing Transaction
    ) async throws -> (before: [ClockView], after: Clocks) {
        let before = ticket.revision == 1 ? [] : try await transaction.liveClocks(of: ticket, calendars: directory)
        let (requesterClass, home) = try await requester(on: transaction)
        var clocks = Clocks(before.map(\.clock))
        clocks.settle(
            for: ticket, after: effects,
            under: try directory.terms(for: ticket, requesterClass: requesterClass, home: home))
        return (before, clocks)
    }

    /// All clocks as they are kept, and as the ticket's log has them by the targets that are in force.
    ///
    /// - Parameter moment: whose calendars count; nil for those that were in force at each event.
    func recounted(
        byHoursOf moment: Moment?, on transaction: borrowing Transaction
    ) async throws -> (before: [ClockView], after: Clocks) {
        let before = try await transaction.clocks(of: ticket.id, calendars: directory)
        let (requesterClass, home) = try await requester(on: transaction)
        let log = try await transaction.log(of: ticket.id)
        let counted = try Clocks(replaying: Ticket.replay(log.map(\.recorded), id: ticket.id)) { ticket in
            try directory.terms(for: ticket, requesterClass: requesterClass, home: home, hoursOf: moment)
        }
        return (before, Clocks(before.map(\.clock)).revised(by: counted, at: ticket.updatedAt))
    }

    /// What targets ask about the requester: as what he is served, and his home site.
    private func requester(on transaction: borrowing Transaction) async throws -> (String, SiteID?) {
        let asks = directory.organisation.targets.contains {
            !$0.conditions.classes.isEmpty || $0.calendar == .requester
        }
        guard asks else { return (Person.standardClass, nil) }
        return try await transaction.first(
            "select class, home_site from person where id = \(ticket.requester)", as: (String, SiteID?).self)
            ?? (Person.standardClass, nil)
    }
}
