import Moments
import Postgres

/// What became of an attempt, for as long as it is not written.
struct Verdict: Sendable {
    let job: ClaimedJob
    let settlement: Settlement
    /// Somebody else's transaction was to settle the job, so that it may be gone without having been lost.
    var isExpectedGone = false

    /// Whether it can be written together with others: the job is done, nobody waits for it by a key, and nobody else's
    /// transaction holds it, for which the others would have to wait.
    var goesWithOthers: Bool {
        settlement == .finished(.done, reason: nil) && job.key == nil && !isExpectedGone
    }
}

extension Settlement {
    /// One statement that finishes jobs, each for the token it was claimed with; it answers the numbers of those that
    /// were still the token's.
    ///
    /// - Precondition: every verdict ``Verdict/goesWithOthers``.
    static func finish(_ verdicts: [Verdict], now: Moment?) -> SQL {
        let ids = verdicts.map(\.job.id)
        let tokens = verdicts.map(\.job.token)
        return """
            with gone as (
                delete from jobs.job using unnest(\(ids)::bigint[], \(tokens)::bigint[]) as held (id, token)
                where job.id = any(\(ids)) and job.id = held.id and job.token = held.token
                returning job.id, lane, kind, attempt, key, enqueued_at, claimed_at
            )
            insert into jobs.finished (id, lane, kind, outcome, attempt, key, enqueued_at, claimed_at, finished_at)
            select id, lane, kind, \(FinishedOutcome.done), attempt, key, enqueued_at, claimed_at, \(SQL.present(now))
            from gone
            returning id
            """
    }
}
