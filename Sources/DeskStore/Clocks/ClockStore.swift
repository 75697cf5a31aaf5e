import Desk
import Moments
import Postgres

extension Transaction {
    /// A ticket's clocks with their segments, in two statements.
    borrowing func clocks(of ticket: TicketID, calendars: Directory) async throws -> [ClockView] {
        let rows = try await all(
            Query<ClockRow>("select \(columns: ClockRow.self) from clock where ticket = \(ticket) order by episode, id")
        )
        if rows.isEmpty { return [] }
        let segments = try await all(
            Query<SegmentRow>(
                """
                select \(columns: SegmentRow.self) from clock_segment
                where clock = any (\(rows.map(\.id))) order by clock, started_at
                """))
        return try rows.map { row in
            let own = segments.filter { $0.clock == row.id }.map(\.segment)
            guard let last = own.last else { throw DeskInconsistency("clock \(row.id) has no segment") }
            return ClockView(
                id: row.id,
                clock: Clock(
                    target: row.target, episode: row.episode, state: row.state, startedAt: row.startedAt,
                    stoppedAt: row.stoppedAt, dueAt: row.dueAt, warnAt: row.warnAt, segments: own,
                    calendar: try calendars.calendarVersion(last.calendar)))
        }
    }

    borrowing func insert(_ clock: Clock, of ticket: TicketID) async throws {
        let id = try await newKey(of: "clock")
        let target = clock.target
        try await run(
            """
            insert into clock (id, ticket, episode, measure, seconds, calendar, pauses, warning_percent, state,
                started_at, stopped_at, due_at, warn_at)
            values (\(id), \(ticket), \(clock.episode), \(clock.measure), \(target.seconds), \(target.calendar.word),
                \(target.pauses.map(\.rawValue).sorted()), \(target.warningPercent), \(clock.state), \(clock.startedAt),
                \(clock.stoppedAt), \(clock.dueAt), \(clock.warnAt))
            """)
        for segment in clock.segments { try await insert(segment, of: id) }
        for kind in [DeadlineKind.warning, .breach] {
            try await run("insert into deadline (clock, kind, due_at) values (\(id), \(kind), \(clock.due(kind)))")
        }
    }

    /// Saves what is different: segments are only ever added or changed at the end.
    borrowing func save(_ clock: Clock, over old: ClockView) async throws {
        let target = clock.target
        try await run(
            """
            update clock set seconds = \(target.seconds), calendar = \(target.calendar.word),
                pauses = \(target.pauses.map(\.rawValue).sorted()), warning_percent = \(target.warningPercent),
                state = \(clock.state), stopped_at = \(clock.stoppedAt), due_at = \(clock.dueAt),
                warn_at = \(clock.warnAt)
            where id = \(old.id)
            """)
        let kept = zip(old.clock.segments, clock.segments).prefix { $0 == $1 }.count
        if kept < old.clock.segments.count {
            try await run(
                """
                delete from clock_segment
                where clock = \(old.id) and started_at >= \(old.clock.segments[kept].startedAt)
                """)
        }
        for segment in clock.segments.dropFirst(kept) { try await insert(segment, of: old.id) }
        for kind in [DeadlineKind.warning, .breach] {
            try await run(
                """
                update deadline set due_at = \(clock.due(kind))
                where clock = \(old.id) and kind = \(kind) and fired_at is null
                """)
        }
    }

    private borrowing func insert(_ segment: ClockSegment, of clock: Int64) async throws {
        var place: Place?
        if case .team(let team) = segment.holder { place = team }
        try await run(
            """
            insert into clock_segment (clock, started_at, ended_at, pause, holder, site, tier, team, supplier,
                calendar_version, microseconds)
            values (\(clock), \(segment.startedAt), \(segment.endedAt), \(segment.pause), \(segment.holder.kind),
                \(place?.site), \(place?.tier), \(place?.team), \(segment.holder.supplier), \(segment.calendar),
                \(segment.microseconds))
            """)
    }
}

extension Clock {
    /// When a deadline of the clock falls, as long as the clock runs.
    fileprivate func due(_ kind: DeadlineKind) -> Moment? {
        deadlines.first { $0.kind == kind }?.at
    }
}

/// What the database holds contradicts itself: a fault of the desk, never of a visitor.
public struct DeskInconsistency: Error, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = "The desk's records contradict one another: \(description)." }
}
