/// What the database has in addition while an organisation is played.
enum Stage {
    /// The advisory lock that is the gate.
    static let gate: Int64 = 4_711

    /// The queue takes its time from the database's clock when a job is left; here that is the simulation's. A fuse
    /// makes one commit among many fail: sequences are counted on even where a transaction is rolled back. Whoever is
    /// doomed commits nothing of what he does, and settles no job. A commit can also be held until a gate is open.
    static let script = """
        create schema chaos;
        create sequence chaos.present;
        create function chaos.date() returns trigger language plpgsql security definer as $$
        declare
            present timestamptz := timestamptz 'epoch'
                + (select last_value from chaos.present) * interval '1 microsecond';
        begin
            if new.due = new.enqueued_at then new.due := present; end if;
            new.enqueued_at := present;
            return new;
        end
        $$;
        create trigger date before insert on jobs.job for each row execute function chaos.date();
        create sequence chaos.passed;
        create table chaos.fuse (at bigint, kind text);
        insert into chaos.fuse values (0, 'none');
        create function chaos.blow() returns trigger language plpgsql security definer as $$
        declare
            kind text := (select f.kind from chaos.fuse f where f.at = nextval('chaos.passed'));
        begin
            if kind = 'cut' or current_setting('application_name') = 'doomed' then
                perform pg_terminate_backend(pg_backend_pid());
            end if;
            if kind = 'held' then perform pg_advisory_xact_lock_shared(\(gate)); end if;
            if kind = 'conflict' then raise exception 'a conflict was made' using errcode = '40001'; end if;
            if kind = 'fail' then raise exception 'a failure was made' using errcode = 'XX001'; end if;
            return null;
        end
        $$;
        create function chaos.die() returns trigger language plpgsql security definer as $$
        begin
            perform pg_terminate_backend(pg_backend_pid());
            return null;
        end
        $$;
        create trigger die before update on jobs.job for each row
            when (current_setting('application_name') = 'doomed' and new.state <> 'running')
            execute function chaos.die();
        create trigger die_deleting before delete on jobs.job for each row
            when (current_setting('application_name') = 'doomed') execute function chaos.die();
        create constraint trigger blow after insert or update on ticket deferrable initially deferred
            for each row execute function chaos.blow();
        create constraint trigger blow after insert on organisation deferrable initially deferred
            for each row execute function chaos.blow();
        create constraint trigger blow after insert or update on delivery deferrable initially deferred
            for each row execute function chaos.blow();
        create constraint trigger blow after insert or update on supplier_receipt deferrable initially deferred
            for each row execute function chaos.blow();
        """
}
