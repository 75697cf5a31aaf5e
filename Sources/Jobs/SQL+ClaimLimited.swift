import Postgres

/// Claims from lanes that have limits. Whoever does it locks the limits first, so that of two the later sees what the
/// earlier has begun; the statement after that one counts what runs and what was begun of late, and takes what is left.
/// It never counts more than the limits allow, and a group that is at its limit has no part in it.
extension Claim {
    /// To be sent in one transaction, in this order; the last answers the claimed jobs.
    var limited: [SQL] { [lockLimits, forgetStarts, limitedStatement] }

    private var limits: SQL { "queue in (select queue from jobs.lane where id = any(\(lanes)))" }

    private var lockLimits: SQL { "select from jobs.limits where \(limits) order by queue for update" }

    /// Removes what counts for neither limit any more.
    private var forgetStarts: SQL {
        """
        delete from jobs.start using jobs.limits
        where limits.\(limits) and start.queue = limits.queue
            and (span is null or at <= \(SQL.present(now)) - span)
            and not exists (select from jobs.job where id = start.job and job.token = start.token)
        """
    }

    private var limitedStatement: SQL {
        """
        with \(me), room as materialized (
            select limits.queue, least(
                \(limit),
                at_once - (select count(*) from jobs.start join jobs.job on id = start.job and job.token = start.token
                    where start.queue = limits.queue),
                per_span - (select count(*) from jobs.start where start.queue = limits.queue and at > me.now - span)
            ) as jobs
            from jobs.limits, me where limits.\(limits)
        ), picked as materialized (
            select ready.ctid, ready.id, room.queue, room.jobs,
                row_number() over (partition by room.queue order by wanted.place, ready.due, ready.id) as place
            from unnest(\(lanes)::int[], \(priorities)::smallint[], \(waits)::interval[])
                with ordinality as wanted (lane, priority, wait, place)
            join jobs.lane on lane.id = wanted.lane
            join room on room.queue = lane.queue and room.jobs > 0
            cross join lateral (
                select ctid, id, due from jobs.job
                where state = 'ready' and lane = wanted.lane and priority = wanted.priority
                    and due <= (select now from me) - wanted.wait and kind = any(\(kinds))
                order by due, id
                limit room.jobs
                for update skip locked
            ) ready
            where wanted.lane <> all (array(\(SQL.pausedLanes)))
        ), taken as materialized (
            select ctid, id, queue from picked where picked.place <= picked.jobs order by picked.place limit \(limit)
        ), noted as (
            insert into jobs.start (queue, job, token, at) select queue, id, \(token), now from taken, me
        )
        \(take("select ctid from taken"))
        """
    }
}

extension SQL {
    /// The numbers of the lanes that have a limit.
    static let limitedLanes: SQL = """
        select lane.id from jobs.limits cross join lateral (
            select id from jobs.lane where lane.queue = limits.queue order by site
        ) lane
        """
}
