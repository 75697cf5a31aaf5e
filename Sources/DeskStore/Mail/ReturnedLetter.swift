import Desk
public import Moments
public import Postgres

/// A letter about a ticket that was refused or came back: somebody was not reached.
public struct ReturnedLetter: PostgresRow, Hashable {
    /// When the report came in; where the letter was refused at once, when it was written.
    public let at: Moment
    /// The address that the letter was for.
    public let address: String
    /// What the report said, for those who look into it.
    public let reason: String

    public static let columns = "at, address, reason"

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        at = try row.read()
        address = try row.read()
        reason = try row.read()
    }
}

extension Query<ReturnedLetter> {
    /// The last letters about a ticket that did not arrive, the youngest first.
    ///
    /// - Parameter ticket: its key, or a subquery that gives it.
    static func returned(about ticket: SQL, limit: Int = 5) -> Self {
        """
        with returned as (
            select m.received_at as at, m.reason, coalesce(
                (select d.address from delivery d where d.letter = m.letter and d.person = m.person),
                (select a.address from person_address a where a.person = m.person limit 1), '') as address
            from inbound_mail m
            where m.ticket = \(ticket) and m.kind = \(MailKind.bounce) and m.letter is not null
                and coalesce(m.bounces @? '$[*] ? (@.action == null || @.action == "failed")', true)
            union all
            select l.written_at, d.refused, d.address from letter l join delivery d on d.letter = l.id
            where l.ticket = \(ticket) and d.refused is not null
        )
        select \(columns: ReturnedLetter.self) from returned order by at desc limit \(limit)
        """
    }
}
