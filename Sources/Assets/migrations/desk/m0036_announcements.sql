-- Which words of an announcement hold, so that whoever changes them has read the last ones.
alter table announcement add column revision bigint not null default 1;
grant update on announcement_text to meridian_intake;

-- Who stands behind an announcement that still holds, for the door that lets somebody join it. What only a confidential
-- team may know is told at no door while it is so, and joined at none.
create or replace function announced(identity uuid) returns table (ticket bigint, requester bigint)
    language sql stable security definer set search_path = public, pg_temp as $$
    select t.id, t.requester from announcement a join ticket t on t.id = a.ticket join team m on m.id = t.team
    where a.uuid = identity and a.until is null and not m.confidential
$$;
