import Moments
import Postgres

/// Something that must never be, as a query that finds where it is: each row names what it is about, and details.
struct Rule {
    let name: String
    let query: SQL

    init(_ name: String, _ query: SQL) { (self.name, self.query) = (name, query) }

    /// What must hold at any moment at which the workers have nothing left to do.
    static func always(at now: Moment) -> [Rule] {
        ledger + parts + responsibility + clocks + deadlines(at: now) + carriedUp + mail + knowledge + queue
    }

    private static let ledger = [
        Rule(
            "legs follow one another without gap or overlap",
            """
            select t.number, format('episode %s: a leg begins at %s, the one before it ends at %s', l.episode,
                l.started_at, l.before)
            from (select *, lag(ended_at) over w as before, row_number() over w as place from leg
                window w as (partition by ticket, episode order by started_at)) l join ticket t on t.id = l.ticket
            where place > 1 and before is distinct from started_at
            """),
        Rule(
            "an open ticket is in one leg, a closed one in none",
            """
            select t.number, format('%s, and %s legs are open', t.state, n) from ticket t cross join lateral
                (select count(*) as n from leg l where l.ticket = t.id and l.ended_at is null) l
            where n <> case when t.state = 'closed' then 0 else 1 end
            """),
        Rule(
            "the leg is where the ticket is",
            """
            select t.number, format('%s', l) from ticket t join leg l on l.ticket = t.id and l.ended_at is null
            where (l.episode, l.holder, l.site, l.tier, l.team, l.supplier, l.position, l.started_at) is distinct from
                (t.episode, t.holder, t.holder_site, t.tier, t.team, t.supplier, t.position, t.held_since)
            """),
        Rule(
            "legs begin with the report and end with the closing",
            """
            select t.number, format('opened %s, closed %s, legs %s to %s', t.opened_at, t.closed_at, begun, ended)
            from ticket t cross join lateral (select min(started_at) as begun, max(ended_at) as ended
                from leg l where l.ticket = t.id) l
            where begun <> t.opened_at or (t.state = 'closed' and ended <> t.closed_at)
            """),
    ]

    private static let parts = [
        Rule(
            "a part waits with a major incident that goes on",
            """
            select t.number, format('%s of %s', t.state, w.number) from ticket t join ticket w on w.id = t.parent
            where t.waits_for_parent and (not w.major or w.state in ('resolved', 'closed')) and not exists (
                select from jobs.job j where j.kind in ('ticket.resolve-children', 'ticket.resume-children')
                    and (j.arguments ->> 'ticket')::bigint = w.id)
            """)
    ]

    private static let responsibility = [
        Rule(
            "somebody in force answers for every open ticket",
            """
            select t.number, format('team %s, position %s', m.code, p.code) from ticket t
            join position p on p.id = t.position join team m on m.id = t.team
            where t.state not in ('resolved', 'closed')
                and (p.retired_at is not null or m.retired_at is not null or p.team <> t.team)
            """),
        Rule(
            "a position in force owns every open ticket",
            """
            select t.number, format('position %s', p.code) from ticket t join position p on p.id = t.owner
            where t.state not in ('resolved', 'closed') and p.retired_at is not null
            """),
        Rule(
            "nobody who has left has open tickets",
            """
            select t.number, p.name from ticket t join person p on p.id = t.person
            where p.left_at is not null and t.state not in ('resolved', 'closed')
            """),
    ]

    private static let queue = [
        Rule(
            "no job is given up",
            "select j.kind, format('%s: %s', j.arguments, j.reason) from jobs.job j where j.state = 'dead'"),
        Rule(
            "a job waits behind another one",
            """
            select j.kind, format('job %s, key %s', j.id, j.key) from jobs.job j
            where j.state = 'behind' and not exists (
                select from jobs.job o where o.key = j.key and o.turn < j.turn)
            """),
        Rule(
            "a job that runs has a worker",
            """
            select j.kind, format('job %s', j.id) from jobs.job j where j.state = 'running' and not exists (
                select from jobs.worker w where w.id = j.worker)
            """),
    ]

    /// What must hold once everything has come to its end.
    static let finally = [
        Rule(
            "every letter has come to its end",
            """
            select 'letters', format('%s were written, %s sent', l.n, j.n) from (select count(*) as n from letter) l,
                (select count(*) as n from jobs.finished where kind = 'letter.send') j where l.n <> j.n
            """),
        Rule(
            "every message to a supplier has been delivered, in order",
            """
            select m.uuid::text, format('sequence %s of exchange %s, %s', m.sequence, m.supplier_ticket, m.last_error)
            from supplier_message m where m.sent_at is null
            union all
            select b.uuid::text, 'the messages are not numbered from 1 on' from supplier_ticket b
            join supplier_message m on m.supplier_ticket = b.id group by b.uuid having count(*) <> max(m.sequence)
            """),
        Rule("every receipt has been read", "select id::text, body from supplier_receipt where result is null"),
        Rule("no job is left", "select kind, format('job %s: %s, due %s', id, state, due) from jobs.job"),
        Rule(
            "every ticket is closed",
            "select number, format('%s since %s', state, updated_at) from ticket where state <> 'closed'"),
        Rule(
            "the figures count every episode of every ticket, at its place",
            """
            select t.number, format('%s episodes, counted %s', t.episode, n) from ticket t cross join lateral
                (select count(*) as n from figure_ticket f where f.ticket = t.id) f where n <> t.episode
            union all
            select t.number, format('%s', f) from ticket t join figure_ticket f
                on f.ticket = t.id and f.episode = t.episode
            where (f.origin, f.site, f.tier, f.team, f.kind, f.category, f.priority, f.state, f.outcome, f.closed_at)
                is distinct from (t.site, t.holder_site, t.tier, t.team, t.kind, t.category, t.priority, t.state,
                    t.outcome, t.closed_at)
            """),
        Rule(
            "what parties held is what legs say, without the time after resolutions",
            """
            select t.number, format('%s: legs %s, figures %s', h.holder, legs, figures)
            from (select ticket, holder, a.held as legs, b.held as figures
                from (select ticket, holder, sum(ended_at - started_at) as held from leg group by 1, 2) a
                full join (select ticket, holder, sum(ended_at - started_at) as held from figure_leg group by 1, 2) b
                using (ticket, holder)) h
            join ticket t on t.id = h.ticket where h.holder <> 'requester' and legs is distinct from figures
            """),
    ]
}
