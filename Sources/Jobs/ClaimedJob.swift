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

    /// Few and short, since over a long line that loses packets it is their bytes that bound how many jobs a worker
    /// gets: a column costs four of them beside its value.
    static let columns = """
        id, (lane::bigint << 32) | (priority << 1) | (begun is not null)::int, kind, arguments, due, key, turn,
        (attempt::bigint << 32) | attempts_allowed, enqueued_at, claimed_at, token,
        nullif(concat(traceparent, ' ', request_id), ' '), cancelled, deadline, clock_timestamp()
        """

    init(from row: inout RowReader) throws(UndecodableColumn) {
        id = try row.read()
        let place: Int64 = try row.read()
        lane = Int32(truncatingIfNeeded: place >> 32)
        priority = JobPriority(rawValue: Int16(place >> 1 & 0x7FFF)) ?? .normal
        isSuspect = place & 1 == 1
        kind = try row.read()
        arguments = try row.read()
        due = try row.read()
        key = try row.read()
        turn = try row.read()
        let attempts: Int64 = try row.read()
        attempt = Int(attempts >> 32)
        attemptsAllowed = Int(attempts & 0x7FFF_FFFF)
        enqueuedAt = try row.read()
        claimedAt = try row.read()
        token = try row.read()
        let trace: String? = try row.read()
        let words = trace?.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false) ?? []
        traceparent = words.first.flatMap { $0.isEmpty ? nil : String($0) }
        requestID = words.dropFirst().first.flatMap { $0.isEmpty ? nil : String($0) }
        cancelled = try row.read()
        deadline = try row.read()
        let read: Moment = try row.read()
        scan = read.duration(since: claimedAt)
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
