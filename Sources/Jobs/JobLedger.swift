public import Moments
public import Postgres

/// The queue as operators see it: what waits where and for how long, single jobs, and what can be done about them.
///
/// Nothing here counts a large table; numbers stop at a bound and say so.
public struct JobLedger: Sendable {
    let database: Database
    let now: @Sendable () -> Moment?

    /// - Parameter now: the present, for tests and simulations; the database's own time if it answers nil.
    public init(_ database: Database, now: @escaping @Sendable () -> Moment? = { nil }) {
        (self.database, self.now) = (database, now)
    }

    /// How long the job that has been due for longest has waited, lane by lane; lanes without one are told with zero.
    package func waits() async throws -> [(queue: JobQueue, site: String?, age: Duration)] {
        let waits: SQL = """
            select lane.queue, nullif(lane.site, ''), coalesce(present.now - head.due, interval '0')
            from jobs.lane cross join (select \(SQL.present(now())) as now) present
            left join lateral (\(SQL.oldestDue(before: "present.now"))) head on true
            """
        let answers = try await database.pipeline([.alongIndexes, waits])
        return try answers[1].rows(as: (JobQueue, String?, Duration).self)
            .map { (queue: $0.0, site: $0.1, age: $0.2) }
    }

    /// What waits, runs and has died, lane by lane.
    ///
    /// - Parameter bound: how far each kind of job is counted; at the bound the number means "or more".
    public func stats(bound: Int = 250) async throws -> [LaneStats] {
        try await database.allAlongIndexes(.stats(bound: bound, now: now()))
    }
}

/// One lane's jobs in numbers, none of which goes beyond the bound that was asked for.
public struct LaneStats: PostgresRow, Hashable {
    public let queue: JobQueue
    public let site: String?
    /// Due, and not yet claimed.
    public let waiting: Int
    /// To run at a later moment.
    public let scheduled: Int
    /// Waiting for an earlier job of their key.
    public let behind: Int
    public let running: Int
    public let dead: Int
    /// Since when the oldest waiting job has been due.
    public let oldestDue: Moment?
    /// For how long; zero if none waits.
    public let oldestAge: Duration
    /// Whether nothing is claimed from it.
    public let isPaused: Bool

    public static let columns = """
        queue, site, waiting, scheduled, behind, running, dead, oldest_due, coalesce(now - oldest_due, interval '0'),
        paused
        """

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        queue = try row.read()
        site = try row.read()
        waiting = try row.read()
        scheduled = try row.read()
        behind = try row.read()
        running = try row.read()
        dead = try row.read()
        oldestDue = try row.read()
        oldestAge = try row.read()
        isPaused = try row.read()
    }
}

extension SQL {
    /// The moment since when the oldest due job of a lane has waited: the front of the claim's index, once a priority.
    fileprivate static func oldestDue(before now: SQL) -> SQL {
        """
        select min(front.due) as due from unnest(\(JobPriority.allCases)) as level (priority) cross join lateral (
            select due from jobs.job
            where state = 'ready' and job.lane = lane.id and job.priority = level.priority and due <= \(now)
            order by due limit 1
        ) front
        """
    }

    /// How many jobs of a lane and of every priority are due in a range, counted up to the bound.
    fileprivate static func count(ready condition: SQL, bound: Int) -> SQL {
        """
        select count(*)::bigint as number from (
            select from unnest(\(JobPriority.allCases)) as level (priority) cross join lateral (
                select from jobs.job
                where state = 'ready' and job.lane = lane.id and job.priority = level.priority and \(condition)
                limit \(bound)
            ) part
            limit \(bound)
        ) counted
        """
    }
}

extension Query<LaneStats> {
    static func stats(bound: Int, now: Moment?) -> Self {
        """
        with active as materialized (
            select lane, count(*) filter (where state = 'running') as running,
                count(*) filter (where state = 'behind') as behind
            from (
                (select lane, state from jobs.job where state = 'running' limit \(bound * 10))
                union all
                (select lane, state from jobs.job where turn is not null and state = 'behind' limit \(bound * 10))
            ) part
            group by lane
        ), numbers as (
            select queue, nullif(site, '') as site, waiting.number as waiting, scheduled.number as scheduled,
                least(coalesce(active.behind, 0), \(bound)) as behind,
                least(coalesce(active.running, 0), \(bound)) as running, dead.number as dead,
                head.due as oldest_due, present.now, lane.id = any(array(\(SQL.pausedLanes))) as paused
            from jobs.lane
            cross join (select \(SQL.present(now)) as now) present
            cross join lateral (\(SQL.count(ready: "due <= present.now", bound: bound))) waiting
            cross join lateral (\(SQL.count(ready: "due > present.now", bound: bound))) scheduled
            cross join lateral (
                select count(*)::bigint as number
                from (select from jobs.job where state = 'dead' and job.lane = lane.id limit \(bound)) counted
            ) dead
            left join lateral (\(SQL.oldestDue(before: "present.now"))) head on true
            left join active on active.lane = lane.id
        )
        select \(columns: LaneStats.self) from numbers order by queue, site
        """
    }
}
