import Desk
import DeskStore
import Postgres
import TimeZones

/// What suppliers made in a period of the tickets that they got.
struct SupplierFigures: Sendable, Hashable {
    /// Referred to them in the period, and of those: tickets that the same supplier had solved before.
    var referred = 0
    var again = 0
    /// From the referral until they confirmed that they have it, where that was in the period. Neither length holds the
    /// time in which they waited for an answer of the desk.
    var acknowledgement = Clocked()
    /// From the referral until they had solved it, where that was in the period.
    var solution = Clocked()
    /// Given back by them without a solution, and taken back by the desk, in the period.
    var returned = 0
    var withdrawn = 0
    /// What their contracts promise of both.
    var acknowledgedInTime = TargetFigures()
    var solvedInTime = TargetFigures()
    /// With them at the end of the period, or now.
    var held = 0
    /// How long they have had the oldest of those, and the one in the middle; by the clock on the wall, in seconds.
    var oldest: Double?
    var medianAge: Double?

    var isEmpty: Bool { self == SupplierFigures() }

    /// The measures that a contract promises.
    static let promised: [Measure] = [.supplierAcknowledgement, .supplierResolution]

    func inTime(_ measure: Measure) -> TargetFigures {
        measure == .supplierAcknowledgement ? acknowledgedInTime : solvedInTime
    }
}

/// The figures of one group, in the whole period or in one of its months, or of all.
struct SupplierFiguresRow: Sendable {
    let key: String?
    let isTotal: Bool
    /// The place of the month in the period, counted from 1; nil for the whole period.
    let month: Int?
    let figures: SupplierFigures
}

extension SupplierFiguresRow: PostgresRow {
    /// The columns depend on the question; see `Query.suppliers`.
    static var columns: String { "*" }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        (key, isTotal, month) = (try row.read(), try row.read(), try row.read())
        figures = SupplierFigures(
            referred: try row.read(), again: try row.read(), acknowledgement: try Clocked(from: &row),
            solution: try Clocked(from: &row), returned: try row.read(), withdrawn: try row.read(),
            acknowledgedInTime: TargetFigures(met: try row.read(), missed: try row.read()),
            solvedInTime: TargetFigures(met: try row.read(), missed: try row.read()))
    }
}

extension Split {
    /// What referrals `r` of tickets `t` are grouped by: by team and tier they belong to whoever referred them, and a
    /// promise to the team that had the ticket last.
    var columnOfReferral: SQL {
        switch self {
        case .supplier: "r.supplier::text"
        case .team: "coalesce(r.team, t.team)::text"
        case .tier: "coalesce(r.tier, t.tier)::text"
        case .site, .kind, .category: column
        }
    }
}

extension Question {
    /// What happened in the period between the desk and its suppliers: a row for each fact, with its instant.
    private var facts: SQL {
        func within(_ column: SQL) -> SQL { "\(column) >= \(period.start) and \(column) < \(until)" }
        return """
            select ticket, episode, supplier, tier, team, 'referred' as what, referred_at as at, again,
                null::interval as wall, null::interval as hours
            from figure_referral where \(within("referred_at"))
            union all
            select ticket, episode, supplier, tier, team, 'acknowledged', acknowledged_at, false, acknowledgement,
                acknowledgement_hours
            from figure_referral where \(within("acknowledged_at"))
            union all
            select ticket, episode, supplier, tier, team, ending, ended_at, false, handling, handling_hours
            from figure_referral where \(within("ended_at"))
            union all
            select g.ticket, g.episode, g.supplier, null, null,
                case when g.is_met then 'met.' else 'missed.' end || g.measure, g.at, false, null, null
            from figure_target g
            where \(isSettled) and g.supplier is not null
                and g.measure = any (\(SupplierFigures.promised.map(\.rawValue)))
            """
    }

    /// The same with the month of each, by its place in the period.
    fileprivate var factsByMonth: SQL {
        let bounds = period.months.map { period.zone.startOfDay($0) }
        return "select f.*, width_bucket(f.at, \(bounds))::int8 as month from (\(facts)) f"
    }

    /// Holds for the referrals `r` that had not ended at the end of the period.
    var isWithSupplier: SQL { "r.referred_at < \(until) and (r.ended_at is null or r.ended_at >= \(until))" }

    /// For each group and for all: how many tickets suppliers had at the end, and for how long.
    var withSuppliers: SQL {
        let group = split.columnOfReferral
        let age: SQL = "extract(epoch from \(until) - r.referred_at)::float8"
        return """
            select \(group), grouping(\(group)) = 1, count(*), max(\(age)),
                percentile_cont(0.5) within group (order by \(age))
            from figure_referral r join figure_ticket t using (ticket, episode)
            where \(isWithSupplier) and \(reach.condition)
            group by grouping sets ((\(group)), ())
            """
    }
}

extension Query<SupplierFiguresRow> {
    /// A row for each group, one for each of its months, and one for all.
    static func suppliers(_ question: Question) -> Self {
        func count(_ what: String) -> SQL { "count(*) filter (where r.what = \(what))" }
        func clocked(_ what: String) -> SQL {
            let condition: SQL = "r.what = \(what)"
            let hours = Spread.columns(of: "r.hours", where: condition)
            return "\(Spread.columns(of: "r.wall", where: condition)), \(hours)"
        }
        let promises = SupplierFigures.promised.flatMap { measure in
            ["met", "missed"].map { count("\($0).\(measure.rawValue)") }
        }
        let group = question.split.columnOfReferral
        return """
            select \(group), grouping(\(group)) = 1, case when grouping(r.month) = 0 then r.month end,
                \(count("referred")), count(*) filter (where r.what = 'referred' and r.again),
                \(clocked("acknowledged")), \(clocked("resolved")), \(count("returned")), \(count("withdrawn")),
                \(promises.joined(separator: ", "))
            from (\(question.factsByMonth)) r join figure_ticket t using (ticket, episode)
            where \(question.reach.condition)
            group by grouping sets ((\(group)), (\(group), r.month), ())
            """
    }
}
