import Moments
import Postgres

/// A worker process holds everything it has claimed by one lease, one row. Jobs of a worker whose lease is over may be
/// taken by anybody.
extension SQL {
    /// Enters a worker.
    static func register(
        _ worker: WorkerID, name: String, queues: [JobQueue], sites: [String]?, lease: Duration, now: Moment?
    ) -> SQL {
        """
        insert into jobs.worker (id, name, queues, sites, started_at, expires_at)
        select \(worker), \(name), \(queues), \(sites), now, now + \(lease) from (select \(present(now)) as now) moment
        """
    }

    /// Lengthens a lease. It changes no row if the lease is over: the worker must then forget what it claimed.
    static func renew(_ worker: WorkerID, lease: Duration, now: Moment?) -> SQL {
        """
        update jobs.worker set expires_at = \(present(now)) + \(lease)
        where id = \(worker) and expires_at > \(present(now))
        """
    }

    /// Strikes a worker off that has nothing left.
    static func leave(_ worker: WorkerID) -> SQL {
        """
        delete from jobs.worker
        where id = \(worker) and not exists (select from jobs.job where worker = \(worker) and state = 'running')
        """
    }

    /// Writes down that the attempt at a job begins, so that it counts if the worker is lost.
    static func begin(_ job: ClaimedJob) -> SQL {
        "update jobs.job set begun = token where id = \(job.id) and token = \(job.token)"
    }

    /// Gives back all that was claimed with one token, for a claim whose answer was lost.
    static func giveBack(token: Int64, of worker: WorkerID) -> SQL {
        .wakingUp(
            """
            update jobs.job set state = 'ready', attempt = attempt - 1, token = null, worker = null
            where worker = \(worker) and state = 'running' and token = \(token)
            returning lane::text as woken
            """)
    }
}
