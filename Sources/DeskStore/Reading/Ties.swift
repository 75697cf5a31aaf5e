public import Desk
public import Postgres

extension Transaction {
    /// A ticket as it is, held against other changes until the transaction ends.
    public borrowing func ticket(_ id: TicketID) async throws -> TicketRecord? { try await hold(id) }

    /// A ticket as it is, open to other changes: for looking at one while others are held.
    public borrowing func glimpse(of id: TicketID) async throws -> TicketRecord? {
        try await first(Query<TicketRecord>("select \(columns: TicketRecord.self) from ticket t where t.id = \(id)"))
    }

    /// The parts of a ticket that are not resolved yet.
    ///
    /// - Parameter last: where to go on, with at most `limit` of them.
    public borrowing func openChildren(
        of parent: TicketID, after last: TicketID? = nil, limit: Int
    ) async throws -> [TicketID] {
        try await all(
            """
            select id from ticket where parent = \(parent) and state not in ('resolved', 'closed')
            and id > \(last ?? TicketID(0)) order by id limit \(limit)
            """, as: TicketID.self)
    }

    /// Whether anybody said anything to the other side after the event with a revision: the desk or the requester
    /// wrote, or the ticket was reopened or resolved anew.
    public borrowing func isBroken(silenceOf id: TicketID, since revision: Int64) async throws -> Bool {
        let later: SQL = """
            select 1 from event where ticket = \(id) and revision > \(revision)
            and kind in ('reopened', 'requester_replied', 'resolved', 'message_sent') limit 1
            """
        return try await first(later, as: Int.self) != nil
    }
}
