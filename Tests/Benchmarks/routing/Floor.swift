import BenchmarkSupport
import Postgres

/// The rows that routing a ticket reads and writes, in the language of `pgbench`: what PostgreSQL itself takes for
/// them, in two round trips and a commit.
enum Floor {
    /// Has the routing jobs that wait taken by the script, one after the other.
    static func prepare(_ database: Database) async throws {
        try await database.run(
            script: """
                drop table if exists floor_work;
                create table floor_work as select row_number() over (order by due, id) as n, id as job,
                    (arguments->>'ticket')::bigint as ticket from jobs.job where kind = 'ticket.route';
                alter table floor_work add primary key (n);
                drop sequence if exists floor_turn;
                create sequence floor_turn cycle cache 1;
                analyze floor_work
                """)
        let count = try await database.first("select count(*) from floor_work", as: Int.self) ?? 1
        try await database.run(script: "alter sequence floor_turn maxvalue \(count)")
    }

    static let script = """
        select ticket as id, job from floor_work where n = (select nextval('floor_turn')) \\gset
        \\startpipeline
        begin;
        select * from ticket where id = :id for no key update;
        select * from person where id = (select requester from ticket where id = :id);
        select text from entry where ticket = :id order by id limit 1;
        select recipient from inbound_mail where ticket = :id order by id limit 1;
        select * from clock where ticket = :id;
        select s.* from clock_segment s where s.clock in (select id from clock where ticket = :id);
        \\endpipeline
        \\startpipeline
        insert into event (ticket, revision, episode, kind, at, actor_kind, data)
            values (:id, 2, 1, 'changed', now(), 'program', '{"category":3,"urgency":1,"priority":2}'),
            (:id, 3, 1, 'routed', now(), 'program',
            '{"site":1,"tier":2,"team":3,"position":5,"rule":"place 7",'
            '"steps":[{"rule":"words 7","facts":[],"decided":[]}]}');
        update leg set ended_at = now() where ticket = :id and ended_at is null;
        insert into leg (ticket, episode, started_at, previous_end, holder, site, tier, team, position, reason)
            select id, 1, now(), now(), 'team', holder_site, 2, team, position, 'routed' from ticket where id = :id;
        update ticket set category = 3, urgency = 1, priority = 2, state = 'assigned', updated_at = now(),
            held_since = now(), revision = revision + 2, tier = 2 where id = :id;
        update clock set due_at = now() + interval '1 day' where ticket = :id;
        update clock_segment set ended_at = now() where clock in (select id from clock where ticket = :id)
            and ended_at is null;
        insert into clock_segment (clock, started_at, holder, site, tier, team, calendar_version, microseconds)
            select c.id, now(), 'team', t.holder_site, 2, t.team, 1, 0 from clock c join ticket t on t.id = c.ticket
            where t.id = :id;
        update deadline set due_at = now() + interval '1 day' where clock in (select id from clock where ticket = :id);
        insert into letter (id, uuid, ticket, kind, audience, subject, written_at)
            values (nextval('letter_id_seq'), gen_random_uuid(), :id, 'assigned', 'position', 5, now());
        insert into jobs.job (lane, kind, arguments, priority, state, due, attempts_allowed, enqueued_at)
            values (1, 'letter.send', '{"letter":1}', 1, 'ready', now(), 12, now());
        update jobs.job set state = 'running', token = 1, worker = gen_random_uuid(), attempt = 1, claimed_at = now()
            where id = :job;
        with gone as (delete from jobs.job where id = :job returning *)
            insert into jobs.finished (id, lane, kind, outcome, attempt, enqueued_at, claimed_at, finished_at)
            select id, lane, kind, 'done', attempt, enqueued_at, claimed_at, now() from gone;
        select set_ticket_access(:id, array[1, 2]::bigint[]);
        commit;
        \\endpipeline
        """
}
