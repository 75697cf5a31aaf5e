public import Desk
import Jobs
public import Moments
public import Postgres
import Runtime

/// A deadline whose hour has come, held with its ticket by the transaction that claimed it.
///
/// It is as the rows have it: one that cannot be understood can be named, and set aside.
public struct ClaimedDeadline: Sendable, Equatable {
    let clock: Int64
    let kind: String
    let percent: Int
    public let dueAt: Moment
    public let ticket: TicketID
    /// The ticket's number, for the log.
    public let number: String
    let measure: String
    let subject: String
    let subjectKey: Int64?
    /// When the round of its clock began; nil for a clock that has one round.
    let round: Moment?
    /// How far up it is to be carried where its kind does not say it, as former programs wrote it.
    let level: String?
}

extension ClaimedDeadline: PostgresRow {
    public static var columns: String {
        """
        d.clock, d.kind, d.percent, d.due_at, due.ticket, due.number, due.measure, due.subject, due.subject_key, due.round_at, \
        case d.kind when 'escalation' then due.escalation_levels[array_position(due.escalation_percents, d.percent)] end
        """
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        (clock, kind, percent) = (try row.read(), try row.read(), try row.read())
        (dueAt, ticket, number) = (try row.read(), try row.read(), try row.read())
        (measure, subject, subjectKey) = (try row.read(), try row.read(), try row.read())
        (round, level) = (try row.read(), try row.read())
    }
}

extension ClaimedDeadline {
    /// A target is missed before it is carried up.
    static func comesBefore(_ one: Self, _ other: Self) -> Bool {
        (one.dueAt, one.isCarriedUp ? 1 : 0) < (other.dueAt, other.isCarriedUp ? 1 : 0)
    }

    private var isCarriedUp: Bool {
        kind.hasPrefix(Self.formerEscalation) || kind == DeadlineKind.supplier.rawValue
    }

    /// A step whose level the clock's target names.
    private static let formerEscalation = "escalation"

    /// What happens to the ticket when the hour has come; nothing for a step that names no level, where the target that
    /// holds by then has none.
    /// - Throws: `DeskInconsistency` where the rows say what no rule knows.
    func event() throws -> Ticket.Event? {
        if kind == Self.formerEscalation {
            return level.flatMap(EscalationLevel.init).map { .escalated($0, .deadlineMissed, round: round) }
        }
        guard let kind = DeadlineKind(rawValue: kind), let measure = Measure(rawValue: measure),
            let about = ClockSubject.Kind(rawValue: subject)
        else { throw DeskInconsistency("clock \(clock) has a deadline \(kind) of \(measure) for \(subject)") }
        let whose = ClockSubject(about, identifier: subjectKey)
        let mark = ClockMark(measure, about: whose, percent: percent == 0 ? nil : percent)
        return switch kind {
        case .escalation(let level): .escalated(level, .deadlineMissed, round: round)
        case .warning: .deadlineNear(mark)
        case .breach: .deadlineMissed(mark)
        case .supplier: whose.supplier.map { .supplierEscalated($0, ContractMark(measure, percent: percent)) }
        }
    }
}

extension Query<ClaimedDeadline> {
    /// Marks deadlines as fired, the first that are to be tried; what is held by others is passed over, be it the
    /// deadline or its ticket.
    static func claim(_ limit: Int, at sites: [String]?, now: Moment) -> Self {
        let (places, served): (SQL, SQL) =
            sites.map { ("join site s on s.id = t.holder_site", "and s.code = any (\($0))") } ?? ("", "")
        return """
            with due as materialized (
                select d.clock, d.kind, d.percent, c.ticket, t.number, c.measure, c.subject, c.subject_key,
                    c.round_at, c.escalation_percents, c.escalation_levels
                from deadline d join clock c on c.id = d.clock join ticket t on t.id = c.ticket \(places)
                where d.fired_at is null and d.due_at is not null and greatest(d.due_at, d.retry_at) <= \(now) \(served)
                order by greatest(d.due_at, d.retry_at) limit \(limit) for no key update of d, t skip locked
            )
            update deadline d set fired_at = \(now) from due
            where d.clock = due.clock and d.kind = due.kind and d.percent = due.percent
            returning \(columns: ClaimedDeadline.self)
            """
    }
}

extension DeskStore {
    /// Claims deadlines that are due, the longest overdue first, and marks them as fired. They are fired in the same
    /// transaction, so each fires exactly once.
    ///
    /// - Parameter sites: the codes of the sites served; all of them if nil.
    public func claimDeadlines(
        _ limit: Int, at sites: [String]?, now: Moment, using transaction: borrowing Transaction
    ) async throws -> [ClaimedDeadline] {
        let claim = Query<ClaimedDeadline>.claim(limit, at: sites, now: now).sql
        let answers = try await transaction.pipeline([.alongIndexes, claim])
        return try answers[1].rows(of: ClaimedDeadline.self).sorted(by: ClaimedDeadline.comesBefore)
    }

    /// When the next deadline is to be tried, if any is armed: one probe of an index.
    public func nextDeadline() async throws -> Moment? {
        try await database.first(
            """
            select greatest(due_at, retry_at) from deadline where fired_at is null and due_at is not null
            order by greatest(due_at, retry_at) limit 1
            """, as: Moment.self)
    }

    /// Sets a deadline aside that could not be fired: it is tried again after a while, longer each time.
    ///
    /// - Parameter fault: why, for the operator.
    /// - Returns: when it is tried again; nil where it has been fired meanwhile.
    public func setAside(_ deadline: ClaimedDeadline, because fault: String) async throws -> Moment? {
        let now = now
        let condition: SQL = """
            clock = \(deadline.clock) and kind = \(deadline.kind) and percent = \(deadline.percent) and fired_at is null
            """
        return try await transaction { (transaction: borrowing Transaction) -> Moment? in
            let failures = try await transaction.first(
                "select failures from deadline where \(condition) for no key update", as: Int.self)
            guard let failures else { return nil }
            let next = now + Self.deadlineRetry.ceiling(afterAttempt: failures + 1)
            try await transaction.run(
                """
                update deadline set failures = failures + 1, retry_at = \(next), fault = \(String(fault.prefix(500)))
                where \(condition)
                """)
            return next
        }
    }
}
