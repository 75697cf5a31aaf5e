public import Desk
import Moments
public import Postgres

extension Clock.State: PostgresValue {}
extension PauseReason: PostgresValue {}

/// A clock's row; its segments are rows of their own.
struct ClockRow: Sendable {
    let id: Int64
    let key: ClockKey
    let episode: Int
    let target: Target
    let promised: Moment?
    let state: Clock.State
    let startedAt: Moment
    let stoppedAt: Moment?
    let dueAt: Moment?
}

extension ClockRow: PostgresRow {
    static var columns: String {
        """
        id, measure, subject, subject_key, round_at, episode, target, seconds, calendar, pauses, \
        coalesce(warning_percents, array[warning_percent]), escalation_percents, escalation_levels, \
        supplier_percents, promised_at, \
        state, started_at, stopped_at, due_at
        """
    }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        id = try row.read()
        let (measure, kind, subject): (Measure, ClockSubject.Kind, Int64?) = (
            try row.read(), try row.read(), try row.read()
        )
        key = ClockKey(measure, about: ClockSubject(kind, identifier: subject), round: try row.read())
        episode = try row.read()
        let (name, seconds, calendar): (String, Int64, String) = (try row.read(), try row.read(), try row.read())
        let (pauses, percents): ([String], [Int16]) = (try row.read(), try row.read())
        let (steps, levels): ([Int16], [String]) = (try row.read(), try row.read())
        let told: [Int16] = try row.read()
        target = Target(
            name: name, measure: measure, seconds: seconds, calendar: Target.CalendarPolicy(word: calendar),
            pauses: Set(pauses.compactMap(PauseReason.init)), warningPercents: percents.map(Int.init),
            escalations: zip(steps, levels).compactMap { percent, word in
                EscalationLevel(rawValue: word).map { EscalationStep(percent: Int(percent), level: $0) }
            }, supplierPercents: told.map(Int.init))
        (promised, state) = (try row.read(), try row.read())
        (startedAt, stoppedAt, dueAt) = (try row.read(), try row.read(), try row.read())
    }
}

/// A segment with the key of its clock.
struct SegmentRow: Sendable {
    let clock: Int64
    let segment: ClockSegment
}

extension SegmentRow: PostgresRow {
    static var columns: String {
        "clock, holder, site, tier, team, supplier, started_at, ended_at, calendar_version, pause, microseconds"
    }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        clock = try row.read()
        let kind: Holder.Kind = try row.read()
        let (site, tier, team): (SiteID?, Int?, TeamID?) = (try row.read(), try row.read(), try row.read())
        let supplier: SupplierID? = try row.read()
        let holder: Holder =
            switch (kind, site, tier, team, supplier) {
            case (.team, let site?, let tier?, let team?, _): .team(Place(site: site, tier: tier, team: team))
            case (.supplier, _, _, _, let supplier?): .supplier(supplier)
            default: .requester
            }
        segment = ClockSegment(
            startedAt: try row.read(), endedAt: try row.read(), holder: holder, calendar: try row.read(),
            pause: try row.read(), microseconds: try row.read())
    }
}

/// A clock as pages show it, under the key by which its deadlines are kept.
public struct ClockView: Sendable, Equatable {
    public let id: Int64
    public let clock: Clock
}
