import Desk
import Moments
import Postgres

/// What is to be written about the clocks of a ticket: a statement for each clock that changes, one for all new ones,
/// one for all their segments and one for all their deadlines, however many these are.
struct ClockChanges {
    private let ticket: TicketID
    private let moment: Moment?
    /// The values of the rows of new clocks.
    private var fresh: [SQL] = []
    private var rows: [SQL] = []
    /// Whether there may be segments and deadlines already.
    private var hasFormer = false
    private var segments: [(clock: Int64, segment: ClockSegment)] = []
    private var deadlines: [(clock: Int64, deadline: Deadline)] = []

    /// - Parameter moment: the instant of the event, which does not undo what was due before it; nil where the clocks
    ///   were counted anew, and with them what was due.
    init(of ticket: TicketID, at moment: Moment?) { (self.ticket, self.moment) = (ticket, moment) }

    /// In the order in which they are to be performed.
    var statements: [SQL] {
        (fresh.isEmpty ? [] : [beginning]) + rows + (segments.isEmpty ? [] : [keeping])
            + (deadlines.isEmpty ? [] : [arming])
    }

    mutating func add(_ clock: Clock, as id: Int64) {
        let target = clock.target
        fresh.append(
            """
            (\(id), \(ticket), \(clock.episode), \(clock.measure), \(clock.key.subject.kind),
                \(clock.key.subject.identifier), \(clock.key.round), \(target.name), \(target.seconds),
                \(target.calendar.word), \(target.pauseWords), \(target.firstPercent), \(target.percents),
                \(target.steps), \(target.levels), \(target.told), \(clock.promised), \(clock.state), \(clock.startedAt),
                \(clock.stoppedAt), \(clock.dueAt))
            """)
        segments += clock.segments.map { (id, $0) }
        deadlines += clock.deadlines.map { (id, $0) }
    }

    mutating func change(_ old: ClockView, to clock: Clock) {
        let (id, target) = (old.id, clock.target)
        hasFormer = true
        let promise: SQL =
            target == old.clock.target
            ? ""
            : """
            target = \(target.name), seconds = \(target.seconds), calendar = \(target.calendar.word),
            pauses = \(target.pauseWords), warning_percent = \(target.firstPercent),
            warning_percents = \(target.percents), escalation_percents = \(target.steps),
            escalation_levels = \(target.levels), supplier_percents = \(target.told),
            """
        rows.append(
            """
            update clock set \(promise) promised_at = \(clock.promised), state = \(clock.state),
                started_at = \(clock.startedAt), stopped_at = \(clock.stoppedAt), due_at = \(clock.dueAt)
            where id = \(id)
            """)
        keepSegments(of: clock, over: old)
        keepDeadlines(of: clock, over: old)
    }

    /// Segments are only ever added or changed at the end, unless a clock was counted anew.
    private mutating func keepSegments(of clock: Clock, over old: ClockView) {
        let kept = zip(old.clock.segments, clock.segments).prefix { $0 == $1 }.count
        let fresh = clock.segments.dropFirst(kept)
        // A segment that begins where one did takes its place; what no other begins with has to go.
        let gone = old.clock.segments.dropFirst(kept).map(\.startedAt).filter { start in
            !fresh.contains { $0.startedAt == start }
        }
        if !gone.isEmpty {
            rows.append("delete from clock_segment where clock = \(old.id) and started_at = any (\(gone))")
        }
        segments += fresh.map { (old.id, $0) }
    }

    /// One that is not armed is not there. What stands as it is to be is left alone, unless all is counted anew.
    private mutating func keepDeadlines(of clock: Clock, over old: ClockView) {
        let (before, after) = (old.clock.deadlines, clock.deadlines)
        let isAnew = moment == nil
        if isAnew || before.contains(where: { known in !after.contains { known.isStep(of: $0) } }) {
            rows.append(
                """
                delete from deadline where clock = \(old.id) and \(isOpen)
                    and (kind, percent::int) not in
                    (select * from unnest(\(after.map(\.kind.rawValue)), \(after.map(\.percent))))
                """)
        }
        deadlines += after.filter { isAnew || !before.contains($0) }.map { (old.id, $0) }
    }

    /// A deadline that has fired stays as it is, so that it never fires again; so does one whose hour has come and that
    /// nobody has been told of yet: what happens in between undoes nothing.
    private var isOpen: SQL {
        let isToCome: SQL = moment.map { "(deadline.due_at is null or deadline.due_at > \($0))" } ?? "true"
        return "deadline.fired_at is null and \(isToCome)"
    }

    private var beginning: SQL {
        """
        insert into clock (id, ticket, episode, measure, subject, subject_key, round_at, target, seconds, calendar,
            pauses, warning_percent, warning_percents, escalation_percents, escalation_levels, supplier_percents,
            promised_at, state, started_at, stopped_at, due_at)
        values \(fresh.joined(separator: ", "))
        """
    }

    private var keeping: SQL {
        let places = segments.map { row -> Place? in
            if case .team(let place) = row.segment.holder { place } else { nil }
        }
        return """
            insert into clock_segment (clock, started_at, ended_at, pause, holder, site, tier, team, supplier,
                calendar_version, microseconds)
            select * from unnest(\(segments.map(\.clock)), \(segments.map(\.segment.startedAt)),
                \(segments.map(\.segment.endedAt)), \(segments.map(\.segment.pause)),
                \(segments.map(\.segment.holder.kind)), \(places.map { $0?.site }),
                \(places.map { $0.map { Int16($0.tier) } }), \(places.map { $0?.team }),
                \(segments.map(\.segment.holder.supplier)), \(segments.map(\.segment.calendar)),
                \(segments.map(\.segment.microseconds)))
            \(hasFormer ? Self.keepingOver : "")
            """
    }

    /// What a segment does that begins where one did. Left out where there can be none: the database would look for it,
    /// and ask for each row whether it may be seen.
    private static let keepingOver: SQL = """
        on conflict (clock, started_at) do update set ended_at = excluded.ended_at, pause = excluded.pause,
            holder = excluded.holder, site = excluded.site, tier = excluded.tier, team = excluded.team,
            supplier = excluded.supplier, calendar_version = excluded.calendar_version,
            microseconds = excluded.microseconds
        """

    private var arming: SQL {
        let over: SQL = """
            on conflict (clock, kind, percent) do update
            set due_at = excluded.due_at, failures = 0, retry_at = null, fault = null
            where \(isOpen) and deadline.due_at is distinct from excluded.due_at
            """
        return """
            insert into deadline (clock, kind, percent, due_at)
            select * from unnest(\(deadlines.map(\.clock)), \(deadlines.map(\.deadline.kind)),
                \(deadlines.map { Int16($0.deadline.percent) }), \(deadlines.map(\.deadline.at)))
            \(hasFormer ? over : "")
            """
    }
}

extension Deadline {
    fileprivate func isStep(of other: Deadline) -> Bool { kind == other.kind && percent == other.percent }
}

extension Target {
    /// The former version of the programs reads one step.
    fileprivate var firstPercent: Int { warningPercents.first ?? 99 }
    fileprivate var pauseWords: [String] { pauses.map(\.rawValue).sorted() }
    fileprivate var percents: [Int16] { warningPercents.map { Int16($0) } }
    fileprivate var steps: [Int16] { escalations.map { Int16($0.percent) } }
    fileprivate var levels: [String] { escalations.map(\.level.rawValue) }
    fileprivate var told: [Int16] { supplierPercents.map { Int16($0) } }
}
