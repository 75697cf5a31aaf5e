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
        let isDone = settlement == .finished(.done, reason: nil) || settlement == .forgotten
        return isDone && job.key == nil && !isExpectedGone
    }
}

extension Settlement {
    /// Statements that finish jobs, each for the token it was claimed with; they answer the numbers of those that were
    /// still the token's.
    ///
    /// - Precondition: every verdict ``Verdict/goesWithOthers``.
    static func finish(_ verdicts: [Verdict], now: Moment?) -> [SQL] {
        let (kept, forgotten) = (
            verdicts.filter { $0.settlement != .forgotten }, verdicts.filter { $0.settlement == .forgotten }
        )
        return (kept.isEmpty ? [] : [finish(kept.map(\.job), now: now)])
            + (forgotten.isEmpty ? [] : ["\(taking(forgotten.map(\.job))) returning id"])
    }

    private static func finish(_ jobs: [ClaimedJob], now: Moment?) -> SQL {
        """
        with gone as (
            \(taking(jobs)) returning id, lane, kind, attempt, key, enqueued_at, claimed_at
        )
        insert into jobs.finished (id, lane, kind, outcome, attempt, key, enqueued_at, claimed_at, finished_at)
        select id, lane, kind, \(FinishedOutcome.done), attempt, key, enqueued_at, claimed_at, \(SQL.present(now))
        from gone
        returning id
        """
    }

    /// Takes jobs out of the queue for the tokens they were claimed with.
    ///
    /// The pairs are looked up in a table of hashes, because of `is true`: without it they are joined, and where the
    /// statistics know of no jobs that takes a time that grows with the square of their number.
    private static func taking(_ jobs: [ClaimedJob]) -> SQL {
        let ids = jobs.map(\.id)
        return """
            delete from jobs.job
            where id = any(\(ids))
                and ((id, token) in (select * from unnest(\(ids)::bigint[], \(jobs.map(\.token))::bigint[]))) is true
            """
    }
}
