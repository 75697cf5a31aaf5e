public import Desk
public import Moments
public import Postgres

/// A deadline whose hour has come, held by the transaction that claimed it.
public struct DueDeadline: Sendable, Equatable {
    public let clock: Int64
    public let kind: DeadlineKind
    public let dueAt: Moment
    public let ticket: TicketID
    public let mark: ClockMark
    public let state: Ticket.State
    /// How far up it is to be carried; nil for what is not.
    public let level: EscalationLevel?
}

extension DueDeadline: PostgresRow {
    public static var columns: String {
        """
        d.clock, d.kind, d.due_at, c.ticket, c.measure, c.subject, c.subject_key, d.percent, t.state, \
        case d.kind when 'escalation' then c.escalation_levels[array_position(c.escalation_percents, d.percent)] end
        """
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        (clock, kind, dueAt) = (try row.read(), try row.read(), try row.read())
        ticket = try row.read()
        let (measure, about, subject): (Measure, ClockSubject.Kind, Int64?) = (
            try row.read(), try row.read(), try row.read()
        )
        let percent: Int = try row.read()
        mark = ClockMark(
            measure, about: ClockSubject(about, identifier: subject), percent: percent == 0 ? nil : percent)
        (state, level) = (try row.read(), try row.read())
    }
}

extension Query<DueDeadline> {
    static func due(_ limit: Int, at sites: [String]?, now: Moment) -> Self {
        let served: SQL = sites.map { "and s.code = any (\($0))" } ?? ""
        return """
            select \(columns: DueDeadline.self) from deadline d join clock c on c.id = d.clock
            join ticket t on t.id = c.ticket join site s on s.id = t.holder_site
            where d.fired_at is null and d.due_at <= \(now) \(served)
            order by d.due_at limit \(limit) for update of d, t skip locked
            """
    }
}

extension DeskStore {
    /// Claims deadlines that are due, the longest overdue first, and marks them as fired; what another copy has claimed
    /// is passed over. The caller records the events in the same transaction, so a deadline fires exactly once.
    ///
    /// - Parameter sites: the codes of the sites served; all of them if nil.
    public func claimDeadlines(
        _ limit: Int, at sites: [String]?, now: Moment, using transaction: borrowing Transaction
    ) async throws -> [DueDeadline] {
        var due = try await transaction.all(.due(limit, at: sites, now: now))
        // A target is missed before it is carried up.
        due.sort { ($0.dueAt, $0.kind == .escalation ? 1 : 0) < ($1.dueAt, $1.kind == .escalation ? 1 : 0) }
        _ = try await transaction.pipeline(
            due.map { deadline in
                """
                update deadline set fired_at = \(now)
                where clock = \(deadline.clock) and kind = \(deadline.kind) and percent = \(deadline.mark.percent ?? 0)
                """
            })
        return due
    }

    /// When the next deadline is due, if any is armed.
    public func nextDeadline() async throws -> Moment? {
        try await database.first(
            "select due_at from deadline where fired_at is null and due_at is not null order by due_at limit 1",
            as: Moment.self)
    }
}
