public import Postgres

/// Copies of whole tickets, made where they are kept: rows as they are but for their keys.
public enum TicketCopies {
    /// - Parameters:
    ///   - copies: a table of numbers `n`; the keys of copy `n` begin at `n * step`.
    ///   - templates: the highest key of a ticket that is copied.
    ///
    /// A record is made in `from`, once for a row: in the list of columns it would be made once for each of them.
    public static func statements(_ copies: SQL, step: Int, templates: Int, isClosed: Bool) -> [SQL] {
        let ended: SQL = isClosed ? "now()" : "null"
        return [
            """
            insert into ticket select r.*
            from ticket t, \(copies), lateral jsonb_populate_record(t, jsonb_build_object(
                'id', n * \(step) + t.id, 'uuid', gen_random_uuid(),
                'number', (select code from site where id = t.site) || '-' || (1000000 + n * \(step) + t.id),
                'state', \(isClosed ? "closed" : "new")::text, 'outcome', \(isClosed ? "solved" : nil)::text,
                'resolved_at', \(ended), 'closed_at', \(ended))) r
            where t.id <= \(templates)
            """,
            """
            insert into leg select r.*
            from leg l, \(copies), lateral jsonb_populate_record(l, jsonb_build_object(
                'ticket', n * \(step) + l.ticket, 'ended_at', \(ended))) r
            where l.ticket <= \(templates)
            """,
            """
            insert into entry select r.*
            from entry e, \(copies), lateral jsonb_populate_record(e, jsonb_build_object(
                'id', n * \(step) + e.id, 'uuid', gen_random_uuid(), 'ticket', n * \(step) + e.ticket)) r
            where e.ticket <= \(templates)
            """,
            """
            insert into event (ticket, revision, episode, kind, at, actor_kind, actor, cause, data)
            select n * \(step) + e.ticket, e.revision, e.episode, e.kind, e.at, e.actor_kind, e.actor, e.cause, e.data
            from event e, \(copies) where e.ticket <= \(templates)
            """,
            """
            insert into clock select r.*
            from clock c, \(copies), lateral jsonb_populate_record(c, jsonb_build_object(
                'id', n * \(step) + c.id, 'ticket', n * \(step) + c.ticket,
                'state', \(isClosed ? "met" : "running")::text)) r
            where c.ticket <= \(templates)
            """,
            """
            insert into clock_segment select r.*
            from clock_segment s join clock c on c.id = s.clock, \(copies),
                lateral jsonb_populate_record(s, jsonb_build_object(
                'clock', n * \(step) + s.clock, 'ended_at', \(ended))) r
            where c.ticket <= \(templates)
            """,
            """
            insert into deadline select r.*
            from deadline d join clock c on c.id = d.clock, \(copies),
                lateral jsonb_populate_record(d, jsonb_build_object(
                'clock', n * \(step) + d.clock, 'fired_at', \(ended))) r
            where c.ticket <= \(templates)
            """,
            """
            insert into ticket_access (ticket, scope)
            select n * \(step) + a.ticket, a.scope from ticket_access a, \(copies) where a.ticket <= \(templates)
            """,
        ]
    }
}
