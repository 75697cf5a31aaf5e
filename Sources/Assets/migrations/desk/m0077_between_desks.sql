-- Of a ticket that another desk gave us, that desk is told of words for the requester alone, also where an entry of the desk
-- itself ended it: the others are not behind its window, nor are their files.
create or replace view portal.supplier_message with (security_barrier) as
select m.id, m.supplier_ticket, m.sequence, m.kind, m.created_at, e.text, e.id as entry
from portal.supplier_ticket b
join public.supplier_ticket own on own.id = b.id
join supplier_message m on m.supplier_ticket = b.id
join supplier party on party.id = b.supplier
left join entry e on e.id = m.note and case m.kind when 'note' then 'message' else 'note' end = any (party.fields)
    and (not own.serves or e.visibility = 'public');

-- How far an exchange is, for a desk that compares it with what it has itself: when something passed last, and whether
-- something has not left yet.
create or replace view portal.supplier_ticket with (security_barrier) as
select b.id, b.uuid, t.number, b.supplier, b.their_reference, b.state, b.question is not null as asks, b.opened_at,
    b.acknowledged_at, b.ended_at, (
    select jsonb_object_agg(told.name, told.value)
    from jsonb_each(coalesce(b.shown, (select f.facts from portal.fact f where f.bond = b.id))) as told (name, value)
    where told.name = any (party.fields)) as facts, b.last_sent_at, b.last_heard_at,
    exists (select from supplier_message m where m.supplier_ticket = b.id and m.sent_at is null) as has_unsent
from supplier_ticket b
join ticket t on t.id = b.ticket
join supplier party on party.id = b.supplier
where b.supplier = any ((
    select string_to_array(nullif(current_setting('meridian.suppliers', true), ''), ',')::bigint[])::bigint[]);
