import Moments
import Postgres
import Runtime

/// Takes the jobs of workers whose lease is over, so that others can run them. Any process may do it at any time.
///
/// A job may be what brought its worker down, or may have lain in its reserve. The first loss is held against none:
/// from then on the attempts of such a job begin only when that was written down, and each that had begun counts.
///
/// Jobs that somebody holds locked are left for the next time: their worker may be in the middle of finishing them, and
/// then has won.
struct Rescue: Sendable {
    let database: Database
    var now: Moment?

    /// What was found.
    struct Report: Sendable, Equatable {
        /// Jobs that wait again.
        var returned = 0
        /// Jobs that have no attempts left.
        var dead = 0
        /// Jobs that were cancelled while they ran, and whose worker did not end them.
        var cancelled = 0
        /// Workers that were struck off.
        var workers: [String] = []
    }

    func run() async throws -> Report {
        var report = Report()
        while true {
            let returned = try await database.run(Self.giveBack(limit: 500, now: now))
            report.returned += returned
            if returned < 500 { break }
        }
        for job in try await database.all(Query<ClaimedJob>.atTheirEnd(limit: 500, now: now)) {
            let isCancelled = job.cancelled != nil
            let dead = Settlement.dead(
                reason: "the worker was lost during attempt \(job.attempt) of \(job.attemptsAllowed)")
            let verdict = isCancelled ? job.cancellation : dead
            let answers = try await database.pipeline(verdict.statements(of: job, now: now))
            let changed = answers[verdict.fence(of: job)].affectedRows
            if isCancelled { report.cancelled += changed } else { report.dead += changed }
        }
        report.workers = try await strikeOff()
        return report
    }

    static func giveBack(limit: Int, now: Moment?) -> SQL {
        .wakingUp(
            """
            with lost as materialized (
                select job.id from jobs.worker join jobs.job on job.worker = worker.id and job.state = 'running'
                where worker.expires_at <= \(SQL.present(now))
                    and (job.attempt < job.attempts_allowed or job.begun is distinct from job.token)
                    and job.cancelled is null
                limit \(limit)
                for update of job skip locked
            )
            update jobs.job
            set state = 'ready', token = null, worker = null, reason = 'the worker was lost during attempt ' || attempt,
                attempt = attempt - case when begun = token then 0 else 1 end, begun = coalesce(begun, 0)
            where id = any(array(select id from lost))
            returning lane::text as woken
            """)
    }

    /// Strikes off the workers whose lease is over and who hold nothing.
    ///
    /// One whose last claim is under way is locked by it and passed over. The jobs are looked for in a statement after
    /// the lock, so that a claim which ended just before it is seen.
    private func strikeOff() async throws -> [String] {
        try await database.transaction { transaction in
            let lost = try await transaction.all(
                "select id from jobs.worker where expires_at <= \(SQL.present(now)) for update skip locked",
                as: WorkerID.self)
            guard !lost.isEmpty else { return [] }
            return try await transaction.all(
                """
                delete from jobs.worker
                where id = any(\(lost))
                    and not exists (select from jobs.job where worker = jobs.worker.id and state = 'running')
                returning name
                """, as: String.self)
        }
    }
}

extension Query<ClaimedJob> {
    /// Jobs of lost workers that have no attempts left or were cancelled, unless somebody holds them locked.
    static func atTheirEnd(limit: Int, now: Moment?) -> Self {
        """
        select \(columns: ClaimedJob.self) from jobs.job
        where state = 'running' and (attempt >= attempts_allowed and begun = token or cancelled is not null)
            and worker in (select id from jobs.worker where expires_at <= \(SQL.present(now)))
        limit \(limit)
        for update of job skip locked
        """
    }
}
