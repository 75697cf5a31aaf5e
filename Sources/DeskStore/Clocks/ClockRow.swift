public import Desk
import Moments
public import Postgres

extension Clock.State: PostgresValue {}
extension PauseReason: PostgresValue {}

/// A clock's row; its segments are rows of their own.
struct ClockRow: Sendable {
    let id: Int64
    let episode: Int
    let target: Target
    let state: Clock.State
    let startedAt: Moment
    let stoppedAt: Moment?
    let dueAt: Moment?
    let warnAt: Moment?
}

extension ClockRow: PostgresRow {
    static var columns: String {
        """
        id, episode, measure, seconds, calendar, pauses, warning_percent, state, started_at, stopped_at, due_at, warn_at
        """
    }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        (id, episode) = (try row.read(), try row.read())
        let (measure, seconds, calendar): (Measure, Int64, String) = (try row.read(), try row.read(), try row.read())
        let pauses: [String] = try row.read()
        target = Target(
            measure: measure, seconds: seconds, calendar: Target.CalendarPolicy(word: calendar),
            pauses: Set(pauses.compactMap(PauseReason.init)), warningPercent: try row.read())
        (state, startedAt, stoppedAt) = (try row.read(), try row.read(), try row.read())
        (dueAt, warnAt) = (try row.read(), try row.read())
    }
}

extension Target.CalendarPolicy {
    /// The policy as a column and a document write it: two words are taken, any other is the code of a calendar.
    init(word: String) {
        switch word {
        case "holder": self = .holder
        case "origin": self = .origin
        default: self = .agreement(word)
        }
    }

    var word: String {
        switch self {
        case .holder: "holder"
        case .origin: "origin"
        case .agreement(let code): code
        }
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
