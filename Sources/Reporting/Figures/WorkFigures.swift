import Desk
import DeskStore
import Postgres

/// What was worked on tickets that were resolved in a period, and what it cost.
struct WorkFigures: Sendable, Hashable {
    /// On how many tickets anybody worked.
    var tickets = 0
    /// Work of the desk's own teams, and time at suppliers, both in their own hours.
    var own = 0.0
    var suppliers = 0.0
    /// In hundredths of the currency.
    var cost = 0
    /// Of that: for tickets that could not be solved, or not at a sensible price (S59).
    var lost = 0
    /// Own work on days for which there is no rate, in seconds: it is in no cost.
    var unrated = 0.0

    var isEmpty: Bool { self == WorkFigures() }
}

/// The work of one group, or of all where `isTotal`.
struct WorkFiguresRow: Sendable {
    let key: String?
    let isTotal: Bool
    let figures: WorkFigures
}

extension WorkFiguresRow: PostgresRow {
    /// The columns depend on the question; see `Query.work`.
    static var columns: String { "*" }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        key = try row.read()
        isTotal = try row.read()
        figures = WorkFigures(
            tickets: try row.read(), own: try row.read(), suppliers: try row.read(), cost: try row.read(),
            lost: try row.read(), unrated: try row.read())
    }
}

extension Ticket.Outcome {
    /// The outcomes of what could not be solved, or not at a sensible price (S59).
    static let lost = allCases.filter { outcome in
        switch outcome {
        case .tooCostly, .unrepairable: true
        case .solved, .solvedFirstContact, .workedAround, .referred, .withdrawn, .duplicate: false
        }
    }
}

extension Split {
    /// What the work `w` on tickets `t` is grouped by: whoever did it. What suppliers did is no team's work, and the
    /// other way round.
    var columnOfWork: SQL {
        switch self {
        case .tier: "case w.holder when 'team' then w.tier::text end"
        case .team: "case w.holder when 'team' then w.team::text end"
        case .supplier: "case w.holder when 'supplier' then w.supplier::text end"
        case .site, .kind, .category: column
        }
    }
}

extension Query<WorkFiguresRow> {
    /// A row for each group, and one for all. Each day of work is paid by the rate of that day, rounded to a hundredth
    /// of the currency, so that what is added up in any order is the same.
    static func work(_ question: Question, by group: SQL, rates: RateTable) -> Self {
        let lost = Ticket.Outcome.lost.map(\.rawValue)
        return """
            select w.key, grouping(w.key) = 1, count(distinct (w.ticket, w.episode)),
                coalesce(sum(w.microseconds) filter (where w.holder = 'team'), 0)::float8 / 1e6,
                coalesce(sum(w.microseconds) filter (where w.holder = 'supplier'), 0)::float8 / 1e6,
                coalesce(sum(w.cost), 0)::int8, coalesce(sum(w.cost) filter (where w.outcome = any (\(lost))), 0)::int8,
                coalesce(sum(w.microseconds) filter (where w.holder = 'team' and w.cost is null), 0)::float8 / 1e6
            from (
                select \(group) as key, w.ticket, w.episode, w.holder, w.microseconds, t.outcome,
                    round(w.microseconds * r.per_hour::numeric / 3600000000) as cost
                from figure_ticket t join figure_work w using (ticket, episode)
                    left join \(rates.relation) r on r.holder = w.holder
                        and r.payee = case w.holder when 'team' then w.tier else w.supplier end
                        and w.day between r.first and r.last
                where \(question.isResolved) and \(question.reach.condition)
            ) w
            group by grouping sets ((w.key), ())
            """
    }
}
