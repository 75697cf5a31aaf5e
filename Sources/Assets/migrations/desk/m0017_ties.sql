-- Whether tickets may belong together is a question about all of them, also those that whoever asks does not see. The
-- answers name no ticket.

-- Whether a ticket has parts that are not resolved.
create function has_open_parts(whole bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from ticket t where t.parent = whole and t.state not in ('resolved', 'closed'))
$$;

-- What making one ticket a part of another would come to: whether the part would contain itself, and how many tickets
-- deep the whole would be.
create function lineage(part bigint, whole bigint) returns table (circular boolean, depth int)
    language sql stable security definer set search_path = public, pg_temp as $$
    with recursive up (id, level) as (
        select whole, 1
        union all
        select t.parent, up.level + 1 from up join ticket t on t.id = up.id where t.parent is not null and up.level < 20),
    down (id, level) as (
        select part, 1
        union all
        select t.id, down.level + 1 from down join ticket t on t.parent = down.id where down.level < 20)
    select exists (select from up where up.id = part),
        (select max(up.level) from up) + (select max(down.level) from down)
$$;

revoke execute on function has_open_parts(bigint), lineage(bigint, bigint) from public;
grant execute on function has_open_parts(bigint), lineage(bigint, bigint)
    to meridian_intake, meridian_routing, meridian_supplier;
