import Moments
import Postgres

/// A job as the worker that claimed it got it. A class, because it goes through many hands and its parts are many.
final class ClaimedJob: PostgresRow {
    let id: JobID
    let lane: Int32
    let kind: JobKind
    let arguments: String
    let priority: JobPriority
    let due: Moment
    let key: String?
    /// The job's place among those of its key; nil if it has not taken one, because it was scheduled for later.
    let turn: Int64?
    let attempt: Int
    let attemptsAllowed: Int
    let enqueuedAt: Moment
    let claimedAt: Moment
    let token: Int64
    let traceparent: String?
    let requestID: String?
    /// Whether a worker was lost with it: then the attempt begins only when that has been written down.
    let isSuspect: Bool
    /// Why somebody cancelled it after the claim.
    let cancelled: String?
    /// The last moment at which an attempt may begin.
    let deadline: Moment?
    /// How long the server looked for it, and for those that were claimed with it before it.
    let scan: Duration
    /// When it came, where that matters: a look at the clock for each job is not for nothing.
    private let received: ContinuousClock.Instant?
    let progress = AttemptProgress()

    static let columns = """
        id, lane, kind, arguments, priority, due, key, turn, attempt, attempts_allowed, enqueued_at, claimed_at,
        token, traceparent, request_id, begun is not null, cancelled,
        deadline, clock_timestamp() - claimed_at
        """

    init(from row: inout RowReader) throws(UndecodableColumn) {
        id = try row.read()
        lane = try row.read()
        kind = try row.read()
        arguments = try row.read()
        priority = try row.read()
        due = try row.read()
        key = try row.read()
        turn = try row.read()
        attempt = try row.read()
        attemptsAllowed = try row.read()
        enqueuedAt = try row.read()
        claimedAt = try row.read()
        token = try row.read()
        traceparent = try row.read()
        requestID = try row.read()
        isSuspect = try row.read()
        cancelled = try row.read()
        deadline = try row.read()
        scan = try row.read()
        received = deadline == nil ? nil : .now
    }

    /// Whether it must find its place among the jobs of its key before it may run.
    var mustTakeTurn: Bool { key != nil && turn == nil }

    /// Whether it can be handled together with others of its kind.
    var goesInBatches: Bool { key == nil && deadline == nil && !isSuspect && !progress.isAlone }

    /// Whether its deadline has passed by the database's clock, counted on from the claim.
    ///
    /// - Parameter now: the present, for tests and simulations.
    func isExpired(now: Moment?) -> Bool {
        guard let deadline, let received else { return false }
        return (now ?? claimedAt + (.now - received)) > deadline
    }

    /// What becomes of it if it was cancelled.
    var cancellation: Settlement { .finished(.cancelled, reason: cancelled) }
}
