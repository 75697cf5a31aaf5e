import Moments
import Postgres

/// A job as the worker that claimed it got it.
struct ClaimedJob: PostgresRow {
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

    static let columns = """
        id, lane, kind, arguments::text, priority, due, key, turn, attempt, attempts_allowed, enqueued_at, claimed_at,
        token, traceparent, request_id
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
    }

    /// Whether it must find its place among the jobs of its key before it may run.
    var mustTakeTurn: Bool { key != nil && turn == nil }
}
