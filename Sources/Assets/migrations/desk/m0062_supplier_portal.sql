-- What people of a supplier see in its portal. Their pages are read as meridian_portal, a role that no program signs in as
-- and that owns nothing: it knows the windows of this schema and no table behind them. Whose windows they are is set for the
-- length of a transaction as meridian.suppliers (1,2,3). Nothing set, nothing seen.
do $$
begin
    create role meridian_portal nologin;
exception
    when duplicate_object or unique_violation then null;
end
$$;
-- The gateway shows the pages, and the routing worker writes the mails that tell of them: neither sees more by it.
do $$
declare
    program text;
begin
    foreach program in array array['meridian_intake', 'meridian_routing'] loop
        begin
            if not pg_has_role(program, 'meridian_portal', 'member') then
                execute format('grant meridian_portal to %I', program);
            end if;
        exception
            when unique_violation then null;
        end;
    end loop;
end
$$;

-- The allow-list of a supplier, where the database can hold to it. It follows the organisation document.
alter table supplier add column fields text[] not null default '{}';
update supplier s set fields = array(select jsonb_array_elements_text(coalesce(named.line -> 'fields', '[]')))
from (select jsonb_array_elements(coalesce(document::jsonb -> 'suppliers', '[]')) as line from (
    select document from organisation order by version desc limit 1) newest) named
where s.code = named.line ->> 'code';

-- What a supplier was shown of the ticket when the exchange ended: what happens to the ticket afterwards is not for it.
alter table supplier_ticket add column shown jsonb;

create index supplier_message_note on supplier_message (note) where note is not null;

create schema portal;
grant usage on schema portal to meridian_portal;

-- All that a supplier may be told of a ticket while it has it, under the names of the allow-list and no more than that says.
-- For nobody but the other windows.
create view portal.fact with (security_barrier) as
select b.id as bond, (
    select jsonb_object_agg(told.name, told.value) from jsonb_each(jsonb_build_object(
        'subject', t.subject, 'kind', t.kind, 'category', c.code, 'impact', t.impact, 'urgency', t.urgency,
        'priority', t.priority, 'site', s.code, 'requester_name', p.name,
        'requester_email', (select a.address from person_address a where a.person = p.id
            order by a.undeliverable_since is not null, a.is_primary desc, a.address limit 1),
        'description', (select e.text from entry e where e.ticket = t.id and e.visibility = 'public' order by e.id limit 1)
    )) as told (name, value)
    where told.name = any (party.fields) and told.value <> 'null') as facts
from supplier_ticket b
join ticket t on t.id = b.ticket
join site s on s.id = t.site
join person p on p.id = t.requester
join supplier party on party.id = b.supplier
left join category c on c.id = t.category;

create view portal.supplier_ticket with (security_barrier) as
select b.id, b.uuid, t.number, b.supplier, b.their_reference, b.state, b.question is not null as asks, b.opened_at,
    b.acknowledged_at, b.ended_at, (
    select jsonb_object_agg(told.name, told.value)
    from jsonb_each(coalesce(b.shown, (select f.facts from portal.fact f where f.bond = b.id))) as told (name, value)
    where told.name = any (party.fields)) as facts
from supplier_ticket b
join ticket t on t.id = b.ticket
join supplier party on party.id = b.supplier
where b.supplier = any ((
    select string_to_array(nullif(current_setting('meridian.suppliers', true), ''), ',')::bigint[])::bigint[]);

-- What the desk has told the supplier; the words alone, and not who wrote them.
create view portal.supplier_message with (security_barrier) as
select m.id, m.supplier_ticket, m.sequence, m.kind, m.created_at, e.text
from portal.supplier_ticket b
join supplier_message m on m.supplier_ticket = b.id
join supplier party on party.id = b.supplier
left join entry e on e.id = m.note and 'note' = any (party.fields);

-- What the supplier has written itself, in this exchange.
create view portal.entry with (security_barrier) as
select e.id, e.uuid, b.id as supplier_ticket, e.at, e.text
from portal.supplier_ticket b
join public.supplier_ticket own on own.id = b.id
join public.entry e on e.ticket = own.ticket and e.author_supplier = b.supplier
    and e.at >= (select min(m.created_at) from supplier_message m where m.supplier_ticket = b.id)
    and (b.ended_at is null or e.at <= b.ended_at);

-- The files of its own words, and what is in them.
create view portal.attachment with (security_barrier) as
select a.id, a.entry, a.name, a.type, a.size, a.sha256, a.content_id
from portal.entry e join public.attachment a on a.entry = e.id;

create view portal.blob_chunk with (security_barrier) as
select c.sha256, c.part, c.bytes from public.blob_chunk c
where (select true from portal.attachment a where a.sha256 = c.sha256 limit 1);

grant select on portal.supplier_ticket, portal.supplier_message, portal.entry, portal.attachment, portal.blob_chunk
    to meridian_portal;

-- Whoever ends an exchange leaves it as it looked to the supplier. Runs as the owner: not everybody who ends one sees all of
-- that.
create function keep_what_was_shown() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    new.shown := coalesce((select f.facts from portal.fact f where f.bond = new.id), '{}');
    return new;
end
$$;
revoke execute on function keep_what_was_shown() from public;
create trigger supplier_ticket_ended before update of ended_at on supplier_ticket for each row
    when (old.ended_at is null and new.ended_at is not null) execute function keep_what_was_shown();
