import Moments
public import Postgres

/// What becomes of a claimed job.
enum Settlement: Sendable, Hashable {
    case finished(FinishedOutcome, reason: String?)
    /// Done, and nothing of it is kept.
    case forgotten
    case dead(reason: String)
    /// The attempt failed and another is made after the wait.
    case retry(after: Duration, reason: String)
    /// The attempt does not count and another is made after the wait.
    case snoozed(Duration)
    /// The attempt was not begun or was cut short by our own stop; it does not count.
    case returned

    /// Whether the job leaves its key to the next one.
    private var endsJob: Bool {
        switch self {
        case .finished, .forgotten, .dead: true
        case .retry, .snoozed, .returned: false
        }
    }

    /// Statements for one round trip that settle a job for whoever shows the token it was claimed with. The one at
    /// ``fence`` changes one row; it changes none if the job is no longer the token's.
    func statements(of job: ClaimedJob, now: Moment?) -> [SQL] {
        let settle = statement(id: job.id, token: job.token, now: now)
        guard let key = job.key, endsJob else { return [settle] }
        return [.lock(key: key), settle, .promote(key: key), .forget(key: key)]
    }

    /// The place of the statement that tells whether the job was still the token's.
    func fence(of job: ClaimedJob) -> Int { job.key != nil && endsJob ? 1 : 0 }

    private func statement(id: JobID, token: Int64, now: Moment?) -> SQL {
        switch self {
        case .finished(let outcome, let reason):
            .end("id = \(id) and token = \(token)", as: outcome, because: reason, now: now)
        case .forgotten:
            "delete from jobs.job where id = \(id) and token = \(token)"
        case .dead(let reason):
            """
            update jobs.job
            set state = 'dead', died_at = \(SQL.present(now)), reason = \(reason), token = null, worker = null,
                turn = case when blocks_key then turn end
            where id = \(id) and token = \(token)
            """
        case .retry(let wait, let reason):
            """
            update jobs.job
            set state = 'ready', due = \(SQL.present(now)) + \(wait), reason = \(reason), token = null, worker = null
            where id = \(id) and token = \(token)
            """
        case .snoozed(let wait):
            """
            update jobs.job
            set state = 'ready', due = \(SQL.present(now)) + \(wait), attempt = attempt - 1, token = null, worker = null
            where id = \(id) and token = \(token)
            """
        case .returned:
            .wakingUp(
                """
                update jobs.job set state = 'ready', attempt = attempt - 1, token = null, worker = null
                where id = \(id) and token = \(token)
                returning lane::text as woken
                """)
        }
    }

    /// Lets a job that was scheduled for later take its place among those of its key, now that it is due. It is claimed
    /// again when it is the first of them.
    static func takeTurn(of job: ClaimedJob, key: String) -> [SQL] {
        [
            .lock(key: key),
            """
            update jobs.job
            set turn = (select turn from jobs.key where key = \(key)), attempt = attempt - 1, token = null,
                worker = null,
                state = case when exists (select from jobs.job where key = \(key) and turn is not null)
                    then 'behind' else 'ready' end
            where id = \(job.id) and token = \(job.token)
            """,
            .promote(key: key),
        ]
    }
}

extension SQL {
    /// Moves jobs into the history; the answer has their kinds.
    static func end(_ condition: SQL, as outcome: FinishedOutcome, because reason: String?, now: Moment?) -> SQL {
        """
        with gone as (
            delete from jobs.job where \(condition) returning id, lane, kind, attempt, key, enqueued_at, claimed_at
        )
        insert into jobs.finished
            (id, lane, kind, outcome, attempt, reason, key, enqueued_at, claimed_at, finished_at)
        select id, lane, kind, \(outcome), attempt, \(reason), key, enqueued_at, claimed_at, \(present(now)) from gone
        returning kind
        """
    }
}

/// How a job that is no longer in the queue ended.
public enum FinishedOutcome: String, Sendable, Hashable, PostgresValue {
    case done
    case discarded
    case cancelled
    /// Its deadline came before its attempt.
    case expired
}
