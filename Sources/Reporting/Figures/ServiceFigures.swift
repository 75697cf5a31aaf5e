import Postgres

/// What a desk did in a period, for all tickets or some.
struct ServiceFigures: Sendable, Hashable {
    var opened = 0
    var resolved = 0
    /// Of those resolved: never above the first tier, and with no supplier.
    var resolvedAtFirstLevel = 0
    /// Not resolved at the end of the period, or now.
    var open = 0
    /// From the report to the first words of a person, where these came in the period.
    var response = Spread()
    /// From the report to the last resolution, where this came in the period, without the time in which a ticket
    /// counted as resolved before it was reopened.
    var resolution = Spread()
    /// Resolved for the first time in the period, and of those: reopened within seven days.
    var firstResolved = 0
    var reopened = 0

    /// Nil where nothing was resolved.
    var firstLevelShare: Double? { resolved == 0 ? nil : Double(resolvedAtFirstLevel) / Double(resolved) }
    var reopenedShare: Double? { firstResolved == 0 ? nil : Double(reopened) / Double(firstResolved) }

    var isEmpty: Bool { self == ServiceFigures() }
}

/// The figures of one group, or of all where `isTotal`.
struct ServiceFiguresRow: Sendable {
    let key: String?
    let isTotal: Bool
    let figures: ServiceFigures
}

extension ServiceFiguresRow: PostgresRow {
    /// The columns depend on the question; see `Query.figures`.
    static var columns: String { "*" }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        key = try row.read()
        isTotal = try row.read()
        figures = ServiceFigures(
            opened: try row.read(), resolved: try row.read(), resolvedAtFirstLevel: try row.read(),
            response: try Spread(from: &row), resolution: try Spread(from: &row), firstResolved: try row.read(),
            reopened: try row.read())
    }
}

extension Query<ServiceFiguresRow> {
    /// A row for each group, and one for all.
    static func figures(_ question: Question) -> Self {
        let (start, end) = (question.period.start, question.until)
        func within(_ column: SQL) -> SQL { "\(column) >= \(start) and \(column) < \(end)" }
        let resolved = within("t.resolved_at")
        let response = Spread.columns(
            of: "t.first_response_at - t.opened_at", where: within("t.first_response_at"))
        let resolution = Spread.columns(of: "t.resolved_at - t.opened_at - t.rested", where: resolved)
        let group = question.split.column
        return """
            select \(group), grouping(\(group)) = 1,
                count(*) filter (where \(within("t.opened_at"))),
                count(*) filter (where \(resolved)),
                count(*) filter (where \(resolved) and t.top_tier = 1 and t.supplier is null),
                \(response), \(resolution),
                count(*) filter (where \(within("t.first_resolved_at"))),
                count(*) filter (where \(within("t.first_resolved_at"))
                    and t.reopened_at < t.first_resolved_at + interval '7 days')
            from figure_ticket t
            where \(question.reach.condition) and ((\(within("t.opened_at"))) or (\(resolved))
                or (\(within("t.first_response_at"))) or (\(within("t.first_resolved_at"))))
            group by grouping sets ((\(group)), ())
            """
    }
}
