-- Whether a part is on hold until the major incident that it belongs to is solved.
-- Nothing is to be checked of the tickets that are there: none of them waits.
alter table ticket
    add column waits_for_parent boolean not null default false,
    add constraint ticket_waits_for_parent
        check (not waits_for_parent or (parent is not null and state = 'waiting_other')) not valid;

-- Whether a ticket is a part of a major incident that goes on, for a desk that sees the part and may not see the whole.
create function has_disturbed_parent(part bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from ticket t join ticket w on w.id = t.parent
        where t.id = part and w.major and w.state not in ('resolved', 'closed'))
$$;
revoke execute on function has_disturbed_parent(bigint) from public;
grant execute on function has_disturbed_parent(bigint) to meridian_intake, meridian_routing;
