-- What somebody wrote without what he quoted from earlier mails, which may hold words that were for others: stretches of a
-- text as entry.folds has them. Nothing where he only quoted.
create function own_words(text text, folds jsonb) returns text language sql immutable parallel safe
    set search_path = pg_catalog, pg_temp as $$
select case when not coalesce(folds @? '$[*] ? (@.kind == "quote")', false) then text else coalesce((
    select btrim(string_agg(convert_from(substring(convert_to(text, 'UTF8') from own.start + 1 for own.stop - own.start), 'UTF8'),
        '' order by own.start), E' \t\r\n')
    from (
        select coalesce(lag(f.stop) over (order by f.start), 0) as start, f.start as stop
        from (select (q ->> 'start')::int as start, (q ->> 'end')::int as stop
            from jsonb_array_elements(folds) q where q ->> 'kind' = 'quote') f
        union all
        select max((q ->> 'end')::int), octet_length(text)
        from jsonb_array_elements(folds) q where q ->> 'kind' = 'quote'
    ) own where own.stop > own.start), '') end
$$;

create or replace view portal.fact with (security_barrier) as
select b.id as bond, (
    select jsonb_object_agg(told.name, told.value) from jsonb_each(jsonb_build_object(
        'subject', t.subject, 'kind', t.kind, 'category', c.code, 'impact', t.impact, 'urgency', t.urgency,
        'priority', t.priority, 'site', s.code, 'requester_name', p.name,
        'requester_email', (select a.address from person_address a where a.person = p.id
            order by a.undeliverable_since is not null, a.is_primary desc, a.address limit 1),
        'description', (select case when 'quotations' = any (party.fields) then e.text else own_words(e.text, e.folds) end
            from entry e where e.ticket = t.id and e.visibility = 'public' order by e.id limit 1)
    )) as told (name, value)
    where told.name = any (party.fields) and told.value <> 'null') as facts
from supplier_ticket b
join ticket t on t.id = b.ticket
join site s on s.id = t.site
join person p on p.id = t.requester
join supplier party on party.id = b.supplier
left join category c on c.id = t.category;

create or replace view portal.supplier_message with (security_barrier) as
select m.id, m.supplier_ticket, m.sequence, m.kind, m.created_at,
    case when 'quotations' = any (party.fields) then e.text else own_words(e.text, e.folds) end as text, e.id as entry
from portal.supplier_ticket b
join public.supplier_ticket own on own.id = b.id
join supplier_message m on m.supplier_ticket = b.id
join supplier party on party.id = b.supplier
left join entry e on e.id = m.note and case m.kind when 'note' then 'message' else 'note' end = any (party.fields)
    and (not own.serves or e.visibility = 'public');
