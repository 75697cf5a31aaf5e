import Moments
import Postgres

/// A queue at a site: what a worker chooses its jobs by.
struct Lane: PostgresRow, Hashable {
    let id: Int32
    let queue: JobQueue
    /// Nil if the jobs are for workers of every site.
    let site: String?
    /// Whether its jobs are claimed within a limit.
    let isLimited: Bool
    /// How long a job must have been due for workers of other sites to take it; nil if there is none for them.
    let spill: Duration?

    static let columns = "id, queue, nullif(site, ''), is_limited, spill"

    init(from row: inout RowReader) throws(UndecodableColumn) {
        id = try row.read()
        queue = try row.read()
        site = try row.read()
        isLimited = try row.read()
        spill = try row.read()
    }
}

extension Query<Lane> {
    /// Every lane that has ever been used, without a look at what spills over.
    static let everyOne: Self = """
        select \(columns: Lane.self)
        from (select *, false as is_limited, null::interval as spill from jobs.lane) lane order by id
        """

    /// Every lane as workers choose among them.
    ///
    /// What a rule lets go spills over at once where no worker of the site has a lease, and by age else. Only lanes
    /// with a rule and a job that is old enough are told as spilling, so that nobody claims from the others.
    static func served(now: Moment?) -> Self {
        """
        select \(columns: Lane.self)
        from (
            select lane.id, lane.queue, lane.site,
                exists (select from jobs.limits where limits.queue = lane.queue) as is_limited, wait.spill
            from (select \(SQL.present(now)) as now) present cross join jobs.lane
            left join lateral (
                select after from jobs.spill
                where spill.queue in (lane.queue, split_part(lane.queue, '/', 1)) and spill.site in (lane.site, '*')
                order by spill.site = '*', spill.queue <> lane.queue limit 1
            ) rule on lane.site <> ''
            left join lateral (
                select case when exists (
                    select from jobs.worker
                    where expires_at > present.now and (sites is null or lane.site = any(sites))
                        and split_part(lane.queue, '/', 1) = any(queues)
                ) then rule.after else interval '0' end as spill
                where rule.after is not null
            ) open on true
            left join lateral (
                select open.spill where exists (
                    select from unnest(\(JobPriority.allCases)) as level (priority) cross join lateral (
                        select from jobs.job
                        where state = 'ready' and job.lane = lane.id and job.priority = level.priority
                            and due <= present.now - open.spill
                        limit 1
                    ) old
                )
            ) wait on open.spill is not null
        ) lane
        order by id
        """
    }
}
