-- A month's partition takes the log from everybody for a moment, and its foreign key takes the tickets. Whoever writes
-- takes a ticket first and the log after it, and so does this, lest each wait for the other. It waits half a second at
-- the most: whoever comes after it waits behind it, and after a second the server would end one of the two.
drop function make_event_partition(date);

-- Makes the partition of a month and moves into it what came before it was there. How many events that were; null where
-- the month had its partition.
create function make_event_partition(month date) returns bigint
    language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '500ms' as $$
declare
    first_day timestamp := date_trunc('month', month::timestamp);
    starts_at timestamptz := first_day at time zone 'UTC';
    ends_at timestamptz := (first_day + interval '1 month') at time zone 'UTC';
    name text := 'event_' || to_char(first_day, 'YYYY_MM');
    moved bigint;
begin
    if to_regclass(name) is not null then return null; end if;
    lock table ticket in share row exclusive mode;
    lock table event in access exclusive mode;
    -- Another copy of the program may have made it meanwhile.
    if to_regclass(name) is not null then return null; end if;
    execute format('create table %I (like event including defaults including constraints)', name);
    execute format('with moved as (delete from event_default where at >= %L and at < %L returning *)
        insert into %I select * from moved', starts_at, ends_at, name);
    get diagnostics moved = row_count;
    execute format('alter table event attach partition %I for values from (%L) to (%L)', name, starts_at, ends_at);
    return moved;
end
$$;
revoke execute on function make_event_partition(date) from public;
grant execute on function make_event_partition(date) to meridian_routing;
