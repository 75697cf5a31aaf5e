-- What the desk and the requester write to one another goes to a supplier by a field of its own.
create or replace view portal.supplier_message with (security_barrier) as
select m.id, m.supplier_ticket, m.sequence, m.kind, m.created_at, e.text
from portal.supplier_ticket b
join supplier_message m on m.supplier_ticket = b.id
join supplier party on party.id = b.supplier
left join entry e on e.id = m.note and case m.kind when 'note' then 'message' else 'note' end = any (party.fields);
