import Desk
import DeskStore
import Postgres

/// Whose time the life of tickets was that were resolved in a period: each instant from the report to the resolution is
/// one party's. All in seconds.
struct PartyTime: Sendable, Hashable {
    let holder: Holder.Kind
    /// The tier of the team, or which supplier it was; nil for all requesters together.
    let party: Int64?
    /// By the clock on the wall: nobody had it in hand, somebody worked on it, it was on hold.
    let queue: Double
    let work: Double
    let hold: Double
    /// All of it, at requesters and suppliers too.
    let wall: Double
    /// What of it counts in the party's own hours.
    let hours: Double
}

extension PartyTime: PostgresRow {
    /// The columns are sums; see `Query.parties`.
    static var columns: String { "*" }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        holder = try row.read()
        party = try row.read()
        queue = try row.read()
        work = try row.read()
        hold = try row.read()
        wall = try row.read()
        hours = try row.read()
    }
}

extension Query<PartyTime> {
    /// The tiers in their order, then the suppliers, then the requesters.
    static func parties(_ question: Question) -> Self {
        func seconds(_ phase: String) -> SQL {
            """
            coalesce(sum(extract(epoch from l.ended_at - l.started_at)) filter (where l.phase = \(phase)), 0)::float8
            """
        }
        return """
            select l.holder, case l.holder when 'team' then l.tier when 'supplier' then l.supplier end,
                \(seconds("queue")), \(seconds("work")), \(seconds("hold")),
                sum(extract(epoch from l.ended_at - l.started_at))::float8,
                coalesce(sum(extract(epoch from l.hours)), 0)::float8
            from figure_ticket t join figure_leg l using (ticket, episode)
            where \(question.isResolved) and \(question.reach.condition) and l.ended_at is not null
            group by 1, 2
            order by case l.holder when 'team' then 1 when 'supplier' then 2 else 3 end, 2
            """
    }
}
