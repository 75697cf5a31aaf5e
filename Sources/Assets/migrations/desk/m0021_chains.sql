-- Where what a requester writes belongs: a ticket that was merged goes on in another, perhaps by way of several. Whoever
-- writes may not see that other one.
create function goes_on_in(ticket_id bigint) returns table (id bigint, requester bigint)
    language sql stable security definer set search_path = public, pg_temp as $$
    with recursive chain as (
        select t.id, t.merged_into, t.requester, 1 as steps from ticket t where t.id = ticket_id
        union all
        select t.id, t.merged_into, t.requester, c.steps + 1 from ticket t join chain c on t.id = c.merged_into
        where c.steps < 100)
    select c.id, c.requester from chain c where c.merged_into is null
$$;
revoke execute on function goes_on_in(bigint) from public;
grant execute on function goes_on_in(bigint) to meridian_intake, meridian_routing;

-- Queues ask for the call-backs that a team has promised.
create index ticket_callback on ticket (team, callback_due) where callback_due is not null;
