import Moments
import Postgres
import TimeZones

/// What happened in a day, or in some days together.
struct ChartColumn: Sendable, Hashable {
    /// The first of the days.
    let day: CivilDate
    var opened = 0
    var resolved = 0
}

extension Question {
    /// For each column that has any: its place in `period.columns`, counted from 1, what was opened and what resolved.
    var chart: SQL {
        let bounds = period.columns.map { period.zone.startOfDay($0) }
        return """
            select width_bucket(h.at, \(bounds))::int8, count(*) filter (where h.is_opening),
                count(*) filter (where not h.is_opening)
            from (
                select t.opened_at as at, true as is_opening from figure_ticket t
                where t.opened_at >= \(period.start) and t.opened_at < \(until) and \(reach.condition)
                union all
                select t.resolved_at, false from figure_ticket t
                where t.resolved_at >= \(period.start) and t.resolved_at < \(until) and \(reach.condition)
            ) h
            group by 1
            """
    }

    /// Holds for the leg `l` in which a ticket is open at the end.
    var isOpen: SQL { "l.started_at < \(until) and (l.ended_at is null or l.ended_at >= \(until))" }

    /// How many tickets were open at the end, for each group and for all.
    var open: SQL {
        let group = split.columnOfLeg
        return """
            select \(group), grouping(\(group)) = 1, count(*)
            from figure_leg l join figure_ticket t using (ticket, episode)
            where \(isOpen) and \(reach.condition)
            group by grouping sets ((\(group)), ())
            """
    }
}
