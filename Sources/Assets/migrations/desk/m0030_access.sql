-- A team may become confidential while somebody gives it a ticket. Whoever sets access says what he took the team for; if
-- that has changed since he looked, he begins again.
create function set_ticket_access(ticket_id bigint, scopes bigint[], confidential boolean) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if (select m.confidential from ticket t join team m on m.id = t.team where t.id = ticket_id)
        is distinct from set_ticket_access.confidential
    then
        raise exception 'who may see the tickets of the team of ticket % has changed meanwhile', ticket_id
            using errcode = 'serialization_failure';
    end if;
    delete from ticket_access a where a.ticket = ticket_id and a.scope <> all (scopes);
    insert into ticket_access (ticket, scope) select ticket_id, s from unnest(scopes) s on conflict do nothing;
end
$$;
revoke execute on function set_ticket_access(bigint, bigint[], boolean) from public;
grant execute on function set_ticket_access(bigint, bigint[], boolean)
    to meridian_intake, meridian_routing, meridian_supplier;

-- Waits until all have ended who gave some teams a ticket before the teams became what they are. It holds the teams for
-- as long as the transaction lasts, so it belongs into a short one.
create function await_team_writers(teams bigint[]) returns void
    language sql security definer set search_path = public, pg_temp as $$
    select from team t where t.id = any (teams) order by t.id for update
$$;
revoke execute on function await_team_writers(bigint[]) from public;
grant execute on function await_team_writers(bigint[]) to meridian_routing;
