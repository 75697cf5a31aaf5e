import Moments
import Postgres

/// Why an operator's wish about a job is not granted.
public enum JobRefusal: Error, Hashable, Sendable {
    case unknown(JobID)
    /// It runs now; what becomes of it is its worker's to say.
    case running(JobID)
    /// It waits for another job of its key.
    case behind(JobID)
    /// It has ended.
    case ended(JobID, JobState)
    /// Another unfinished job has the same unique word.
    case duplicate(JobID)
}

extension JobRefusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknown(let id): "there is no job \(id), or it finished so long ago that it is forgotten"
        case .running(let id): "job \(id) is running; wait until the attempt has ended"
        case .behind(let id): "job \(id) waits for an earlier job of its key; look at that one"
        case .ended(let id, let state):
            "job \(id) is \(state.rawValue); leave a new one if the work is to be done again"
        case .duplicate(let id): "job \(id) cannot be tried again while another that does the same waits"
        }
    }
}

extension JobLedger {
    /// Has a dead job tried again from its first attempt, or one that waits for its next attempt at once.
    ///
    /// - Throws: ``JobRefusal``; `DatabaseError`.
    public func retry(_ id: JobID) async throws {
        let retried = try await refusingDuplicates(of: id) {
            try await database.run(Self.retry("id = \(id)", now: now()))
        }
        if retried == 0 { throw try await refusal(id) }
    }

    /// Has the dead jobs of a queue tried again, the oldest first; those with an unfinished twin stay dead.
    ///
    /// - Returns: how many.
    @discardableResult
    public func retryDead(queue: JobQueue? = nil, kind: JobKind? = nil, limit: Int = 1000) async throws -> Int {
        let lanes = try await database.all(Query<Lane>.everyOne).filter { queue?.covers($0.queue) ?? true }
        let dead = try await database.all(
            """
            select id from (select * from jobs.job where state = 'dead' and lane = any(\(lanes.map(\.id))) offset 0
            ) dead
            where \(kind)::text is null or kind = \(kind)
            order by id limit \(limit)
            """, as: JobID.self)
        var retried = 0
        for id in dead {
            do {
                try await retry(id)
                retried += 1
            } catch is JobRefusal {}
        }
        return retried
    }

    /// Takes a job out of the queue for good. The history tells it as cancelled.
    ///
    /// Nothing that a running attempt changes in the database can be committed from here on. Its handler is cancelled
    /// at once, and only when it has ended the next job of the key begins.
    ///
    /// - Returns: whether the job has ended; false if its worker has yet to cut it short.
    /// - Throws: ``JobRefusal``; `DatabaseError`.
    @discardableResult
    public func cancel(_ id: JobID, because reason: String) async throws -> Bool {
        let isGone = try await database.transaction(retries: 3) { (transaction: borrowing Transaction) in
            // The key is locked before the job, as everywhere.
            let key = try await transaction.first("select key from jobs.job where id = \(id)", as: String?.self) ?? nil
            let cancellation = SQL.end(
                "id = \(id) and state in ('ready', 'behind', 'dead')", as: .cancelled, because: reason, now: now())
            guard let key else { return try await transaction.run(cancellation) == 1 }
            let answers = try await transaction.pipeline([
                .lock(key: key), cancellation, .promote(key: key), .forget(key: key),
            ])
            return answers[1].affectedRows == 1
        }
        if isGone { return true }
        let stopped = try await database.run(
            .wakingUp(
                """
                with cut as (
                    update jobs.job set cancelled = \(reason), token = \(Int64.random(in: .min ... .max))
                    where id = \(id) and state = 'running' and cancelled is null
                    returning id, token
                ), counted as (
                    update jobs.start set token = cut.token from cut where start.job = cut.id
                )
                select \(cancelledPayload)::text as woken from cut
                """))
        if stopped == 0 { throw try await refusal(id) }
        return false
    }

    private static func retry(_ condition: SQL, now: Moment?) -> SQL {
        .wakingUp(
            """
            update jobs.job
            set due = \(SQL.present(now)), attempt = case state when 'dead' then 0 else attempt end, state = 'ready',
                died_at = null
            where state in ('ready', 'dead') and \(condition)
            returning lane::text as woken
            """)
    }

    private func refusingDuplicates(of id: JobID, _ body: () async throws -> Int) async throws -> Int {
        do {
            return try await body()
        } catch let error as DatabaseError where error.constraint == "job_unique" {
            throw JobRefusal.duplicate(id)
        }
    }

    private func refusal(_ id: JobID) async throws -> JobRefusal {
        switch try await show(id)?.state {
        case nil: .unknown(id)
        case .running: .running(id)
        case .behind: .behind(id)
        case .some(let state): .ended(id, state)
        }
    }
}
