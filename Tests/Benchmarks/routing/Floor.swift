/// The rows that routing a ticket reads and writes, in the language of `pgbench`: what PostgreSQL itself takes for
/// them.
enum Floor {
    static let script = """
        \\set copy random(1, :copies)
        \\set id :copy * 1000 + random(1, :tickets)
        begin;
        select * from ticket where id = :id for no key update;
        select * from person where id = (select requester from ticket where id = :id);
        select text from entry where ticket = :id order by id limit 1;
        select * from clock where ticket = :id;
        select s.* from clock_segment s join clock c on c.id = s.clock where c.ticket = :id;
        insert into event (ticket, revision, episode, kind, at, actor_kind, data)
            values (:id, 2, 1, 'changed', now(), 'program', '{"category":3,"urgency":1,"priority":2}'),
            (:id, 3, 1, 'routed', now(), 'program',
            '{"site":1,"tier":2,"team":3,"position":5,"rule":"place 7","steps":[{"rule":"words 7","facts":[],"decided":[]}]}');
        update leg set ended_at = greatest(now(), started_at + interval '1 microsecond')
            where ticket = :id and ended_at is null;
        insert into leg (ticket, episode, started_at, previous_end, holder, site, tier, team, position, reason)
            select id, 1, e.at, e.at, 'team', holder_site, 2, team, position, 'routed' from ticket,
            (select max(ended_at) as at from leg where ticket = :id) e where id = :id;
        update ticket set category = 3, urgency = 1, priority = 2, state = 'assigned', updated_at = now(),
            held_since = (select max(started_at) from leg where ticket = :id), revision = revision + 2, tier = 2
            where id = :id;
        update clock set due_at = now() + interval '1 day' where ticket = :id;
        delete from clock_segment where clock in (select id from clock where ticket = :id) and ended_at is null;
        insert into clock_segment (clock, started_at, holder, site, tier, team, calendar_version, microseconds)
            select c.id, clock_timestamp(), 'team', t.holder_site, 2, t.team, 1, 0 from clock c join ticket t on t.id = c.ticket
            where t.id = :id;
        update deadline set due_at = now() + interval '1 day' where clock in (select id from clock where ticket = :id);
        insert into letter (id, uuid, ticket, kind, audience, subject, written_at)
            values (nextval('letter_id_seq'), gen_random_uuid(), :id, 'assigned', 'position', 5, now());
        with job as (insert into jobs.job (lane, kind, arguments, priority, state, due, attempts_allowed, enqueued_at)
            values (1, 'letter.send', '{"letter":1}', 1, 'ready', now(), 12, now()) returning id)
            insert into jobs.finished (id, lane, kind, outcome, attempt, enqueued_at, claimed_at, finished_at)
            select id, 1, 'ticket.route', 'done', 1, now(), now(), now() from job;
        select set_ticket_access(:id, array[1, 2]::bigint[]);
        commit;
        """
}
