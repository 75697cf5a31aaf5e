-- The files of what a supplier is told: those of the desk's words to it, and those that the requester sent first. They are
-- there for whom the allow-list gives both files and the words that they came with, under their names only where it gives
-- these too. Its own files are found along the index of the ticket.
create or replace view portal.supplier_message with (security_barrier) as
select m.id, m.supplier_ticket, m.sequence, m.kind, m.created_at, e.text, e.id as entry
from portal.supplier_ticket b
join supplier_message m on m.supplier_ticket = b.id
join supplier party on party.id = b.supplier
left join entry e on e.id = m.note and case m.kind when 'note' then 'message' else 'note' end = any (party.fields);

create or replace view portal.attachment with (security_barrier) as
select a.id, a.entry, a.name, a.type, a.size, a.sha256, a.content_id, e.supplier_ticket
from portal.entry e
join public.supplier_ticket own on own.id = e.supplier_ticket
join public.attachment a on a.ticket = own.ticket and a.entry = e.id
union all
select a.id, a.entry, case when 'file_names' = any (party.fields) then a.name else 'file' end, split_part(a.type, ';', 1),
    a.size, a.sha256, null, own.id
from portal.supplier_ticket b
join public.supplier_ticket own on own.id = b.id
join supplier party on party.id = b.supplier and 'files' = any (party.fields)
cross join lateral (
    select m.entry from portal.supplier_message m where m.supplier_ticket = b.id and m.entry is not null
    union
    select w.id from (select e.id from public.entry e where e.ticket = own.ticket and e.visibility = 'public'
        order by e.id limit 1) w where 'description' = any (party.fields)
) told (entry)
join public.attachment a on a.ticket = own.ticket and a.entry = told.entry;

-- The supplier worker carries files, and knows nothing of the mails that the desk has kept.
drop policy bonded on blob;
create policy bonded on blob to meridian_supplier
    using ((select true from attachment a where a.sha256 = blob.sha256 limit 1));
