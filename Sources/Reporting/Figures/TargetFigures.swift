import Desk
import DeskStore
import Postgres

/// How many promises were kept in a period, and how many were not.
struct TargetFigures: Sendable, Hashable {
    var met = 0
    /// Their time was used up in the period, whether or not they were kept later.
    var missed = 0

    var share: Double? { met + missed == 0 ? nil : Double(met) / Double(met + missed) }

    static func + (one: TargetFigures, other: TargetFigures) -> TargetFigures {
        TargetFigures(met: one.met + other.met, missed: one.missed + other.missed)
    }
}

/// The promises of one measure to one group, or to all where `isTotal`.
struct TargetRow: Sendable {
    let measure: Measure
    let key: String?
    let isTotal: Bool
    let figures: TargetFigures
}

extension TargetRow: PostgresRow {
    /// The columns depend on the question; see `Query.targets`.
    static var columns: String { "*" }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        measure = try row.read()
        key = try row.read()
        isTotal = try row.read()
        figures = TargetFigures(met: try row.read(), missed: try row.read())
    }
}

extension Split {
    /// What promises `g` about tickets `t` are grouped by: whose they are, where they are a team's or a supplier's.
    var columnOfTarget: SQL {
        switch self {
        case .team: "coalesce(g.team, t.team)::text"
        case .supplier: "coalesce(g.supplier, t.supplier)::text"
        case .site, .tier, .kind, .category: column
        }
    }
}

extension Question {
    /// Holds for the promises `g` that were kept, or whose time was used up, in the period.
    var isSettled: SQL { "g.at >= \(period.start) and g.at < \(until)" }
}

extension Query<TargetRow> {
    /// For each measure a row for each group, and one for all.
    static func targets(_ question: Question) -> Self {
        let group = question.split.columnOfTarget
        return """
            select g.measure, \(group), grouping(\(group)) = 1, count(*) filter (where g.is_met),
                count(*) filter (where not g.is_met)
            from figure_target g join figure_ticket t using (ticket, episode)
            where \(question.isSettled) and \(question.reach.condition)
            group by grouping sets ((g.measure, \(group)), (g.measure))
            """
    }
}
