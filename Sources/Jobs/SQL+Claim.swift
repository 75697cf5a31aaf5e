import Moments
import Postgres

/// What a worker asks for when it claims jobs.
struct Claim: Sendable {
    var worker: WorkerID
    /// Lanes and priorities in the order in which they are looked at, as two lists of the same length.
    var lanes: [Int32]
    var priorities: [JobPriority]
    /// How long a job of each pair must have been due: longer than no time where it is another site's.
    var waits: [Duration]
    /// From which due time on jobs of each pair are looked for; from the beginning if empty.
    var since: [Moment] = []
    /// Only these are taken, because the worker knows no other.
    var kinds: [JobKind]
    var limit: Int
    /// Proves that the jobs are the worker's. Random, because a counter may repeat itself after a crash of the server.
    var token: Int64
    /// Whether the commit may be answered before it is on disk, as nothing else is committed with it.
    var inHaste = false
    /// The present, for tests; the database's own time if nil.
    var now: Moment?

    private var beginnings: [Moment] { since.isEmpty ? lanes.map { _ in ClaimMarks.beginning } : since }

    var places: [ClaimMarks.Place] { zip(lanes, priorities).map(ClaimMarks.Place.init) }

    /// Two statements for one round trip; the second answers the claimed jobs.
    ///
    /// Nothing is taken from lanes that are paused or have a limit. Jobs that others hold locked are passed over, so
    /// that workers never wait for one another. A worker whose lease is over gets nothing, and the lock on its row
    /// keeps those who look for lost workers from missing these jobs.
    var statements: [SQL] { [.plannedOnce, statement] }

    var statement: SQL {
        """
        with \(me), picked as materialized (
            select ready.ctid, ready.key
            from unnest(\(lanes)::int[], \(priorities)::smallint[], \(waits)::interval[], \(beginnings)::timestamptz[])
                as wanted (lane, priority, wait, since)
            cross join lateral (
                select ctid, key from jobs.job
                where state = 'ready' and lane = wanted.lane and priority = wanted.priority and due >= wanted.since
                    and due <= (select now from me) - wanted.wait and kind = any(\(kinds))
                order by due, id
                limit \(limit)
                for update skip locked
            ) ready
            where wanted.lane <> all (array(\(SQL.pausedLanes) union all \(SQL.limitedLanes)))
            limit \(limit)
        )
        \(take("select ctid from picked \(haste)"))
        """
    }

    /// What a crash makes the server forget is ready again, and the token of the forgotten claim ends nothing. But a
    /// handler may still be at work then, and those of one key are to run one at a time: these are not forgotten.
    private var haste: SQL {
        guard inHaste else { return "" }
        return """
            where (select count(set_config('synchronous_commit', 'off', true))
                where not exists (select from picked where key is not null)) >= 0
            """
    }

    /// The worker and the present, if its lease holds.
    var me: SQL {
        """
        me as materialized (
            select present.now from jobs.worker, (select \(SQL.present(now)) as now) present
            where id = \(worker) and expires_at > present.now
            for key share of worker
        )
        """
    }

    /// Makes jobs the worker's: those at places where the same statement has locked them, which spares it a search for
    /// each. One that was changed between the statement's beginning and its lock is left for the next claim.
    func take(_ picked: SQL) -> SQL {
        """
        update jobs.job
        set state = 'running', token = \(token), worker = \(worker), attempt = attempt + 1,
            claimed_at = (select now from me), waiting_word = null
        where ctid = any(array(\(picked)))
        returning \(columns: ClaimedJob.self)
        """
    }
}

extension SQL {
    /// The present by the database's own clock, which alone decides between machines. Only tests and simulations give
    /// another.
    ///
    /// In a scalar subquery, where it is asked once, so that an index can be searched for it.
    static func present(_ now: Moment?) -> SQL {
        "(select coalesce(\(now), clock_timestamp()))"
    }
}
