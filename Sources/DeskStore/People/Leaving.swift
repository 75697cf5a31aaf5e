public import Desk
public import Moments
public import Postgres

extension Transaction {
    /// Some tickets that people work on who have left, held against other changes.
    public borrowing func ticketsOfThoseWhoLeft(limit: Int) async throws -> [TicketID] {
        try await all(
            """
            select t.id from person p join ticket t on t.person = p.id
            where p.left_at is not null and t.person is not null and t.state <> 'closed' and t.state <> 'resolved'
            order by t.id limit \(limit) for no key update of t
            """, as: TicketID.self)
    }

    /// Some tickets in the hands of a person whose absence has begun and is not over, held against other changes.
    ///
    /// - Parameter kinds: which he does not keep; nil for all. Of sickness all are meant.
    public borrowing func ticketsInHand(
        during absence: Int64, kinds: [Ticket.Kind]?, limit: Int, at now: Moment
    ) async throws -> [TicketID] {
        try await all(
            """
            select t.id from absence b join ticket t on t.person = b.person
            where b.id = \(absence) and \(.holds("b", at: now)) and t.person is not null
                and t.state <> 'closed' and t.state <> 'resolved'
                and (b.reason = 'sickness' or t.kind = any (\(kinds ?? Ticket.Kind.allCases)))
            order by t.id limit \(limit) for no key update of t
            """, as: TicketID.self)
    }

    /// Whether somebody has left or is absent.
    borrowing func isGone(_ person: PersonID, at now: Moment) async throws -> Bool {
        try await first(
            "select p.left_at is not null or \(.isAbsent("p.id", at: now)) from person p where p.id = \(person)",
            as: Bool.self) ?? true
    }
}
