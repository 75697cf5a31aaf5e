public import Moments
public import Postgres

/// Where a job stands.
public enum JobState: String, Sendable, Hashable, CaseIterable, PostgresValue {
    /// It can be claimed from its due moment on.
    case ready
    /// It waits for an earlier job of its key.
    case behind
    case running
    /// It was given up and waits for a person; so may the other jobs of its key: see ``JobPolicy/blocksKey``.
    case dead
    case done
    case discarded
    case cancelled
    /// Its deadline came before its attempt.
    case expired
}

/// A job as operators see it, in the queue or in its history.
public struct JobRecord: PostgresRow, Hashable {
    public let id: JobID
    public let queue: JobQueue
    public let site: String?
    public let kind: JobKind
    public let state: JobState
    /// Nil in the history.
    public let priority: JobPriority?
    /// From when on it may run; nil in the history.
    public let due: Moment?
    public let key: String?
    public let attempt: Int
    /// Nil in the history.
    public let attemptsAllowed: Int?
    public let enqueuedAt: Moment
    public let claimedAt: Moment?
    /// When it was done, discarded or cancelled, or given up.
    public let endedAt: Moment?
    /// Why the last attempt failed, or why it ended.
    public let reason: String?
    /// The worker that runs it.
    public let worker: String?
    /// Its arguments as JSON; nil in the history, which does not keep them.
    public let arguments: String?
    public let traceparent: String?
    let lane: Int32
    let turn: Int64?

    public static let columns = """
        id, queue, site, kind, state, priority, due, key, attempt, attempts_allowed, enqueued_at, claimed_at, ended_at,
        reason, worker, arguments, traceparent, lane, turn
        """

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        id = try row.read()
        queue = try row.read()
        site = try row.read()
        kind = try row.read()
        state = try row.read()
        priority = try row.read()
        due = try row.read()
        key = try row.read()
        attempt = try row.read()
        attemptsAllowed = try row.read()
        enqueuedAt = try row.read()
        claimedAt = try row.read()
        endedAt = try row.read()
        reason = try row.read()
        worker = try row.read()
        arguments = try row.read()
        traceparent = try row.read()
        lane = try row.read()
        turn = try row.read()
    }
}

extension SQL {
    /// Turns rows of `jobs.job`, named `job`, into records.
    static func records(of jobs: SQL) -> SQL {
        """
        select job.id, lane.queue, nullif(lane.site, '') as site, job.kind, job.state, job.priority, job.due, job.key,
            job.attempt, job.attempts_allowed, job.enqueued_at, job.claimed_at, job.died_at as ended_at, job.reason,
            worker.name as worker, job.arguments::text as arguments, job.traceparent, job.lane, job.turn
        from (\(jobs)) job join jobs.lane on lane.id = job.lane left join jobs.worker on worker.id = job.worker
        """
    }

    /// Turns rows of `jobs.finished`, named `job`, into records.
    static func history(of jobs: SQL) -> SQL {
        """
        select job.id, lane.queue, nullif(lane.site, '') as site, job.kind, job.outcome as state,
            null::smallint as priority, null::timestamptz as due, job.key, job.attempt, null::int as attempts_allowed,
            job.enqueued_at, job.claimed_at, job.finished_at as ended_at, job.reason, null::text as worker,
            null::text as arguments, null::text as traceparent, job.lane, null::bigint as turn
        from (\(jobs)) job join jobs.lane on lane.id = job.lane
        """
    }
}
