/// The rows that a deadline reads and writes, in the language of `pgbench`: what PostgreSQL itself takes for them, one
/// deadline after the other.
enum Floor {
    static let script = """
        \\set ticket random(1, :copies) * :step + random(1, :tickets)
        begin;
        select * from deadline d join clock c on c.id = d.clock where c.ticket = :ticket for no key update of d;
        select * from ticket where id = :ticket for no key update;
        insert into event (ticket, revision, episode, kind, at, actor_kind, data)
            select id, revision + 1, 1, 'deadline_near', now(), 'program', '{"target":"resolution","percent":75}'
            from ticket where id = :ticket;
        update ticket set revision = revision + 1, updated_at = now() where id = :ticket;
        insert into letter (id, uuid, ticket, kind, audience, subject, written_at)
            values (nextval('letter_id_seq'), gen_random_uuid(), :ticket, 'deadline_near', 'position', 5, now());
        insert into jobs.job (lane, kind, arguments, priority, state, due, attempts_allowed, enqueued_at)
            values (1, 'bench.floor', '{"letter":1}', 3, 'ready', now() + interval '1 day', 12, now());
        update deadline set due_at = due_at + interval '1 microsecond'
            where kind = 'warning' and clock = (select min(id) from clock where ticket = :ticket);
        commit;
        """
}
