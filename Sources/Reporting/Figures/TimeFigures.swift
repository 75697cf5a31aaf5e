import Postgres

/// How long something took over several tickets, by the clock on the wall and in the hours of whoever had them.
struct Clocked: Sendable, Hashable {
    var wall = Spread()
    var hours = Spread()
}

/// How fast a desk was in a period (S69, S70), for all tickets or some.
struct TimeFigures: Sendable, Hashable {
    /// From the report until somebody began to work on it, where that was in the period.
    var response = Clocked()
    /// From then on until it was solved, where that was in the period.
    var service = Clocked()
    /// From the report until it was solved, where that was in the period.
    var through = Clocked()

    var isEmpty: Bool { self == TimeFigures() }
}

/// The times of one group, or of all where `isTotal`.
struct TimeFiguresRow: Sendable {
    let key: String?
    let isTotal: Bool
    let figures: TimeFigures
}

extension TimeFiguresRow: PostgresRow {
    /// The columns depend on the question; see `Query.times`.
    static var columns: String { "*" }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        key = try row.read()
        isTotal = try row.read()
        figures = TimeFigures(
            response: try Clocked(from: &row), service: try Clocked(from: &row), through: try Clocked(from: &row))
    }
}

extension Clocked {
    init(from row: inout RowReader) throws(UndecodableColumn) {
        wall = try Spread(from: &row)
        hours = try Spread(from: &row)
    }
}

extension Question {
    /// Holds for the tickets `t` that were resolved in the period, and are still.
    var isResolved: SQL { "t.resolved_at >= \(period.start) and t.resolved_at < \(until)" }

    /// Holds for the tickets `t` on which somebody began to work in the period. What was merged with another ticket
    /// waited for nobody, and what comes back after its end is no report.
    var hasBegun: SQL {
        """
        t.work_began_at >= \(period.start) and t.work_began_at < \(until) and t.episode = 1
            and t.outcome is distinct from 'duplicate'
        """
    }
}

extension Query<TimeFiguresRow> {
    /// A row for each group, and one for all.
    static func times(_ question: Question) -> Self {
        let resolved = question.isResolved
        func measured(_ wall: SQL, _ hours: SQL, where condition: SQL) -> SQL {
            let hasOne: SQL = "(\(condition)) and \(wall) is not null"
            return "\(Spread.columns(of: wall, where: hasOne)), \(Spread.columns(of: hours, where: hasOne))"
        }
        let group = question.split.column
        return """
            select \(group), grouping(\(group)) = 1,
                \(measured("t.response", "t.response_hours", where: question.hasBegun)),
                \(measured("t.service", "t.service_hours", where: resolved)),
                \(measured("t.through", "t.through_hours", where: resolved))
            from figure_ticket t
            where \(question.reach.condition) and ((\(resolved)) or (\(question.hasBegun)))
            group by grouping sets ((\(group)), ())
            """
    }
}
