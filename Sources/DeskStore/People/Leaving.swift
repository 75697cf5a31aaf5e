public import Desk
public import Postgres

extension Transaction {
    /// Some tickets that people work on who have left, held; those that another copy holds are passed over.
    public borrowing func ticketsOfThoseWhoLeft(limit: Int) async throws -> [TicketID] {
        try await all(
            """
            select t.id from person p join ticket t on t.person = p.id
            where p.left_at is not null and t.person is not null and t.state <> 'closed' and t.state <> 'resolved'
            order by t.id limit \(limit) for no key update of t skip locked
            """, as: TicketID.self)
    }
}
