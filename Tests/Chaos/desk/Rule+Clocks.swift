import Moments
import Postgres

/// What must hold of clocks and of their deadlines.
extension Rule {
    static let clocks = [
        Rule(
            "no clock runs twice",
            """
            select t.number, format('%s about %s', c.measure, c.subject_key) from clock c
            join ticket t on t.id = c.ticket where c.stopped_at is null
            group by t.number, c.measure, c.subject, c.subject_key having count(*) > 1
            """),
        Rule(
            "a clock that runs is of an open ticket and of its episode",
            """
            select t.number, format('%s of episode %s, %s', c.measure, c.episode, t.state) from clock c
            join ticket t on t.id = c.ticket
            where c.stopped_at is null and (t.state in ('resolved', 'closed') or c.episode <> t.episode)
            """),
        Rule(
            "a clock has stopped if its state says so",
            """
            select t.number, format('%s is %s', c.measure, c.state) from clock c join ticket t on t.id = c.ticket
            where (c.stopped_at is null) <> (c.state in ('running', 'paused'))
            """),
        Rule(
            "segments follow one another from the clock's beginning to its end",
            """
            select t.number, format('clock %s, %s: %s', c.id, c.measure, s.started_at)
            from (select *, lag(ended_at) over w as before, row_number() over w as place,
                    lead(started_at) over w as next from clock_segment
                window w as (partition by clock order by started_at)) s
            join clock c on c.id = s.clock join ticket t on t.id = c.ticket
            where (place > 1 and before is distinct from s.started_at) or (place = 1 and s.started_at <> c.started_at)
                or (next is null and s.ended_at is distinct from c.stopped_at)
            """),
    ]

    static func deadlines(at now: Moment) -> [Rule] {
        [
            Rule(
                "no deadline is overdue and untold",
                """
                select t.number, format('%s %s of %s was due %s', d.kind, d.percent, c.measure, d.due_at)
                from deadline d join clock c on c.id = d.clock join ticket t on t.id = c.ticket
                where d.fired_at is null and greatest(d.due_at, d.retry_at) <= \(now)
                """),
            Rule(
                "only clocks that run have deadlines to come",
                """
                select t.number, format('%s %s of %s, %s', d.kind, d.percent, c.measure, c.state)
                from deadline d join clock c on c.id = d.clock join ticket t on t.id = c.ticket
                where d.fired_at is null and d.retry_at is null and c.state <> 'running'
                """),
            Rule(
                "a deadline that has fired was told once, a warning if the ticket was open",
                """
                select t.number, format('%s %s %s%%: fired %s, at least %s, told %s', said, measure, percent,
                    coalesce(f.n, 0), coalesce(f.least, 0), coalesce(e.n, 0))
                from (select c.ticket,
                        case d.kind when 'warning' then 'deadline_near' else 'deadline_missed' end as said,
                        c.measure, coalesce(c.subject_key, 0) as key, d.percent::int as percent, count(*) as n,
                        count(*) filter (where d.kind <> 'warning' or coalesce(
                            (select e.kind = 'reopened' from event e where e.ticket = c.ticket
                                and e.kind in ('resolved', 'merged', 'closed', 'reopened')
                                and e.at <= d.fired_at + interval '1 millisecond'
                            order by e.revision desc limit 1), true)) as least
                    from deadline d join clock c on c.id = d.clock
                    where d.fired_at is not null and d.kind in ('warning', 'breach') group by 1, 2, 3, 4, 5) f
                full join (select ticket, kind as said, data::jsonb ->> 'target' as measure,
                        coalesce((data::jsonb ->> 'team')::bigint, (data::jsonb ->> 'supplier')::bigint, 0) as key,
                        coalesce((data::jsonb ->> 'percent')::int, 0) as percent, count(*) as n
                    from event where kind in ('deadline_near', 'deadline_missed') group by 1, 2, 3, 4, 5) e
                using (ticket, said, measure, key, percent) join ticket t on t.id = ticket
                where coalesce(e.n, 0) not between coalesce(f.least, 0) and coalesce(f.n, 0)
                """),
        ]
    }

    static let carriedUp = [
        Rule(
            "a level hears of a ticket once, and again only of what was promised since",
            """
            select t.number, format('%s of episode %s, %s and %s', one.level, one.episode, one.at, other.at)
            from (\(escalations)) one join (\(escalations)) other
                on other.ticket = one.ticket and other.episode = one.episode and other.level = one.level
                and other.revision > one.revision
            join ticket t on t.id = one.ticket
            where not exists (
                select from (\(escalations)) news where news.ticket = one.ticket and news.round > one.at
                    and news.revision > one.revision and news.revision <= other.revision)
            """),
        Rule(
            "what a deadline carries up arrives there, unless the ticket is solved by then",
            """
            select t.number, format('%s at %s%% of %s, round %s', d.level, d.percent, c.measure, c.round_at)
            from (select *, substr(kind, length('escalation_') + 1) as level from deadline
                where kind like 'escalation%') d
            join clock c on c.id = d.clock join ticket t on t.id = c.ticket
            where d.fired_at is not null
                and not exists (
                    select from (\(escalations)) e where e.ticket = t.id and e.episode >= c.episode
                        and array_position(\(levels), e.level) >= array_position(\(levels), d.level)
                        and e.at >= coalesce(c.round_at, '-infinity'))
                and not exists (
                    select from event o where o.ticket = t.id and o.kind in ('resolved', 'merged', 'closed')
                        and o.at >= c.started_at and o.at <= d.fired_at + interval '1 minute')
            """),
    ]

    private static let levels: SQL = "array['lead', 'site', 'organisation']"

    private static let escalations: SQL = """
        select ticket, revision, episode, at, data::jsonb ->> 'level' as level,
            (data::jsonb ->> 'round')::timestamptz as round
        from event where kind = 'escalated'
        """
}
