import Desk
import Moments
import Postgres

extension Transaction {
    /// All clocks of a ticket with their segments.
    borrowing func clocks(of ticket: TicketID, calendars: Directory) async throws -> [ClockView] {
        try await clocks("ticket = \(ticket)", calendars: calendars)
    }

    /// The clocks that an event may concern: those that run, and those of rounds that may be taken up again. A ticket
    /// that was written about a thousand times has a thousand others.
    borrowing func liveClocks(of ticket: Ticket, calendars: Directory) async throws -> [ClockView] {
        let rounds = ticket.clockDemands.compactMap(\.key.round)
        return try await clocks(
            """
            ticket = \(ticket.id)
            and (stopped_at is null or episode = \(ticket.episode) and (round_at is null or round_at = any (\(rounds))))
            """, calendars: calendars)
    }

    private borrowing func clocks(_ condition: SQL, calendars: Directory) async throws -> [ClockView] {
        let answers = try await pipeline([
            "select \(columns: ClockRow.self) from clock where \(condition) order by episode, id",
            """
            select \(columns: SegmentRow.self) from clock_segment
            where clock in (select id from clock where \(condition)) order by clock, started_at
            """,
        ])
        let segments = Dictionary(grouping: try answers[1].rows(of: SegmentRow.self), by: \.clock)
        return try answers[0].rows(of: ClockRow.self).map { row in
            let own = segments[row.id, default: []].map(\.segment)
            guard let last = own.last else { throw DeskInconsistency("clock \(row.id) has no segment") }
            return ClockView(
                id: row.id,
                clock: Clock(
                    key: row.key, episode: row.episode, target: row.target, promised: row.promised, state: row.state,
                    startedAt: row.startedAt, stoppedAt: row.stoppedAt, dueAt: row.dueAt, segments: own,
                    calendar: try calendars.calendarVersion(last.calendar)))
        }
    }

    /// Writes what is different about clocks; however many there are, it costs a round trip for new ones at the most.
    ///
    /// - Parameter moment: the instant of the event, which does not undo what was due before it; nil where the clocks
    ///   were counted anew, and with them what was due.
    borrowing func write(
        _ clocks: Clocks, over before: [ClockView], of ticket: TicketID, at moment: Moment?
    ) async throws {
        var statements: [SQL] = []
        var fresh: [Clock] = []
        for clock in clocks.clocks {
            if let old = before.first(where: { $0.clock.isSame(as: clock) }) {
                if old.clock != clock { statements += clock.changes(over: old, at: moment) }
            } else {
                fresh.append(clock)
            }
        }
        for (clock, id) in zip(fresh, try await newKeys(of: "clock", count: fresh.count)) {
            statements += clock.insertions(as: id, of: ticket, at: moment)
        }
        for statement in statements { later(statement) }
    }
}

extension Clock {
    /// The former version of the programs reads one step.
    private var firstPercent: Int { target.warningPercents.first ?? 99 }
    private var pauses: [String] { target.pauses.map(\.rawValue).sorted() }
    private var percents: [Int16] { target.warningPercents.map { Int16($0) } }
    private var steps: [Int16] { target.escalations.map { Int16($0.percent) } }
    private var levels: [String] { target.escalations.map(\.level.rawValue) }

    fileprivate func insertions(as id: Int64, of ticket: TicketID, at now: Moment?) -> [SQL] {
        let row: SQL = """
            insert into clock (id, ticket, episode, measure, subject, subject_key, round_at, target, seconds, calendar,
                pauses, warning_percent, warning_percents, escalation_percents, escalation_levels, promised_at, state,
                started_at, stopped_at, due_at)
            values (\(id), \(ticket), \(episode), \(measure), \(key.subject.kind), \(key.subject.identifier),
                \(key.round), \(target.name), \(target.seconds), \(target.calendar.word), \(pauses), \(firstPercent),
                \(percents), \(steps), \(levels), \(promised), \(state), \(startedAt), \(stoppedAt), \(dueAt))
            """
        return [row] + segments.map { $0.insertion(of: id) } + deadlineChanges(of: id, at: now)
    }

    /// What is different: segments are only ever added or changed at the end, unless a clock was counted anew.
    fileprivate func changes(over old: ClockView, at now: Moment?) -> [SQL] {
        var changes: [SQL] = [
            """
            update clock set target = \(target.name), seconds = \(target.seconds), calendar = \(target.calendar.word),
                pauses = \(pauses), warning_percent = \(firstPercent), warning_percents = \(percents),
                escalation_percents = \(steps), escalation_levels = \(levels), promised_at = \(promised),
                state = \(state), started_at = \(startedAt), stopped_at = \(stoppedAt), due_at = \(dueAt)
            where id = \(old.id)
            """
        ]
        let kept = zip(old.clock.segments, segments).prefix { $0 == $1 }.count
        if kept < old.clock.segments.count {
            changes.append(
                """
                delete from clock_segment
                where clock = \(old.id) and started_at >= \(old.clock.segments[kept].startedAt)
                """)
        }
        changes += segments.dropFirst(kept).map { $0.insertion(of: old.id) }
        return changes + deadlineChanges(of: old.id, at: now)
    }

    /// A deadline that has fired stays as it is, so that it never fires again; so does one whose hour has come and that
    /// nobody has been told of yet: what happens in between undoes nothing. One that is not armed is not there.
    private func deadlineChanges(of id: Int64, at now: Moment?) -> [SQL] {
        let armed = deadlines
        let isToCome: SQL = now.map { "(deadline.due_at is null or deadline.due_at > \($0))" } ?? "true"
        let clearing: SQL = """
            delete from deadline where clock = \(id) and fired_at is null and \(isToCome)
                and (kind, percent::int) not in (select * from unnest(\(armed.map(\.kind.rawValue)), \(armed.map(\.percent))))
            """
        let arming = armed.map { deadline -> SQL in
            """
            insert into deadline (clock, kind, percent, due_at)
            values (\(id), \(deadline.kind), \(deadline.percent), \(deadline.at))
            on conflict (clock, kind, percent) do update
            set due_at = excluded.due_at, failures = 0, retry_at = null, fault = null
            where deadline.fired_at is null and \(isToCome)
                and deadline.due_at is distinct from excluded.due_at
            """
        }
        return [clearing] + arming
    }
}

extension ClockSegment {
    fileprivate func insertion(of clock: Int64) -> SQL {
        var place: Place?
        if case .team(let team) = holder { place = team }
        return """
            insert into clock_segment (clock, started_at, ended_at, pause, holder, site, tier, team, supplier,
                calendar_version, microseconds)
            values (\(clock), \(startedAt), \(endedAt), \(pause), \(holder.kind), \(place?.site), \(place?.tier),
                \(place?.team), \(holder.supplier), \(calendar), \(microseconds))
            """
    }
}

/// What the database holds contradicts itself: a fault of the desk, never of a visitor.
public struct DeskInconsistency: Error, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = "The desk's records contradict one another: \(description)." }
}
