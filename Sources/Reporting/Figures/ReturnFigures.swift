import Desk
import DeskStore
import Postgres

/// How often one team gave tickets back to another because something was missing (S54), and how long that took. Counted
/// are returns that ended in the period.
struct ReturnFigures: Sendable, Hashable {
    /// The team that gave tickets back, and the one that had to find out what was missing.
    let from: TeamID
    let fromTier: Int
    let to: TeamID
    let toTier: Int
    let count: Int
    /// All of them together, by the clock on the wall and in the hours of whoever had the ticket, in seconds.
    let wall: Double
    let hours: Double
}

extension ReturnFigures: PostgresRow {
    static var columns: String { "r.from_team, r.from_tier, r.team, r.tier" }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        from = try row.read()
        fromTier = try row.read()
        to = try row.read()
        toTier = try row.read()
        count = try row.read()
        wall = try row.read()
        hours = try row.read()
    }
}

extension Question {
    /// Holds for the returns `r` that ended in the period.
    var hasReturned: SQL { "r.ended_at >= \(period.start) and r.ended_at < \(until)" }
}

extension Query<ReturnFigures> {
    /// The pairs of teams with most returns first.
    static func returns(_ question: Question) -> Self {
        """
        select \(columns: ReturnFigures.self), count(*), sum(extract(epoch from r.ended_at - r.started_at))::float8,
            sum(extract(epoch from r.hours))::float8
        from figure_return r join figure_ticket t using (ticket, episode)
        where \(question.hasReturned) and \(question.reach.condition)
        group by \(columns: ReturnFigures.self) order by count(*) desc, \(columns: ReturnFigures.self)
        """
    }
}
