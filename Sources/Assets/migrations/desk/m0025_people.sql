-- One person, several addresses. Mail of the desk goes to the primary one.
alter table person_address
    add column is_primary boolean not null default false,
    add column since timestamptz;
update person_address a set is_primary = true
    where a.address = (select min(o.address) from person_address o where o.person = a.person);
create unique index person_address_primary on person_address (person) where is_primary;
create index person_address_prefix on person_address (address text_pattern_ops);

alter table person
    -- Whether he belongs to the organisation; null where nobody has said.
    add column relation text check (relation in ('internal', 'external')),
    -- The one person that this one turned out to be: never one that is merged itself, so nothing goes round in circles.
    add column merged_into bigint references person,
    add check (merged_into <> id);
update person p set relation = 'internal'
    where exists (select from position_holder h where h.person = p.id)
        or exists (select from role_grant r where r.person = p.id);
-- By name, for whoever looks for somebody, and for likely twins.
create index person_name on person (lower(name) text_pattern_ops, id) where merged_into is null;
create index person_merged on person (merged_into) where merged_into is not null;
-- What somebody wrote, for the day on which he turns out to be another.
create index entry_author on entry (author) where author is not null;

-- Gives everything of one person to another. It is asked again a while after a merge, for what was written while it
-- was under way, and finds nothing then or a little. The log keeps its actors: the row of the one goes on to have a
-- name.
create function move_person(gone bigint, kept bigint, moment timestamptz, actor_kind text, actor bigint, cause text)
    returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
    reference record;
    key record;
    same text;
    moved bigint;
begin
    -- Tickets, each with its event; of those that are closed only the requester is asked for.
    with tickets as (
        update ticket t set requester = case when t.requester = gone then kept else t.requester end,
            person = case when t.person = gone then kept else t.person end,
            revision = t.revision + 1, updated_at = greatest(moment, t.updated_at + interval '1 microsecond')
        where t.id in (select r.id from ticket r where r.requester = gone
            union select w.id from ticket w where w.person = gone and w.state <> 'closed')
        returning t.id, t.revision, t.episode, t.updated_at)
    insert into event (ticket, revision, episode, kind, at, actor_kind, actor, cause, data)
    select t.id, t.revision, t.episode, 'person_merged', t.updated_at, move_person.actor_kind, move_person.actor,
        move_person.cause, format('{"person":%s,"into":%s}', gone, kept)
    from tickets t;
    get diagnostics moved = row_count;

    -- Letters on their way are not sent twice because their reader has another key.
    update delivery d set person = kept from letter l
        where l.id = d.letter and d.person = gone
            and l.ticket in (select t.id from ticket t where t.requester = kept)
            and not exists (select from delivery o where o.letter = d.letter and o.person = kept);

    -- Nobody stands in for himself.
    update absence a set deputy = null where (a.person, a.deputy) in ((gone, kept), (kept, gone));
    delete from roster_entry e where (e.person, e.instead_of) in ((gone, kept), (kept, gone));
    update person_address a set is_primary = false where a.person = gone
        and exists (select from person_address o where o.person = kept and o.is_primary);

    -- Every other column that points at a person, so that a table that comes later is not forgotten. A row that the one
    -- who stays has already, by a key of the table, is let go.
    for reference in
        select c.conrelid::regclass as relation, a.attname as name, a.attnum as number, c.conrelid as id
        from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
        where c.contype = 'f' and c.confrelid = 'person'::regclass and c.conparentid = 0
            and array_length(c.conkey, 1) = 1
            and c.conrelid not in ('person'::regclass, 'person_event'::regclass, 'ticket'::regclass,
                'delivery'::regclass)
    loop
        for key in
            select i.indexrelid, i.indkey::int2[] as columns from pg_index i
            where i.indrelid = reference.id and i.indisunique and i.indpred is null and i.indexprs is null
                and reference.number = any (i.indkey::int2[])
        loop
            select coalesce(string_agg(format('own.%1$I is not distinct from twin.%1$I', a.attname), ' and '), 'true')
                into same from pg_attribute a
                where a.attrelid = reference.id and a.attnum = any (key.columns) and a.attnum <> reference.number;
            execute format('delete from %1$s twin using %1$s own where twin.%2$I = $1 and own.%2$I = $2 and %3$s',
                reference.relation, reference.name, same) using gone, kept;
        end loop;
        execute format('update %1$s set %2$I = $2 where %2$I = $1', reference.relation, reference.name)
            using gone, kept;
    end loop;
    return moved;
end
$$;

-- Makes two people one, and answers with the one who stays. Where they are one already, nothing happens.
create function merge_people(
    gone_id bigint, kept_id bigint, moment timestamptz, actor_kind text, actor bigint, cause text)
    returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
    gone bigint;
    kept bigint;
    moved bigint;
    addresses text;
begin
    -- Merges come one after the other, and each sees what those before it have done.
    perform pg_advisory_xact_lock(hashtext('meridian.people'));
    select coalesce(p.merged_into, p.id) into gone from person p where p.id = gone_id;
    select coalesce(p.merged_into, p.id) into kept from person p where p.id = kept_id;
    if gone is null or kept is null then return null; end if;
    if gone = kept then return kept; end if;
    -- Whoever writes something of the one who goes has read him with a lock (the mail door, say) or takes it with the
    -- foreign key: either it is here before this, and is moved, or it waits, and then finds the other one.
    perform from person p where p.id = gone for update;
    perform from person p where p.id = kept for no key update;
    select coalesce(json_agg(a.address order by a.address), '[]')::text into addresses
        from person_address a where a.person = gone;
    update person p set merged_into = kept where p.merged_into = gone;
    update person p set merged_into = kept, left_at = coalesce(p.left_at, moment) where p.id = gone;
    delete from session s where s.person = gone;
    moved := move_person(gone, kept, moment, actor_kind, actor, cause);
    insert into person_event (person, at, kind, actor_kind, actor, data)
    values (gone, moment, 'merged', actor_kind, actor, format('{"into":%s}', kept)),
        (kept, moment, 'absorbed', actor_kind, actor,
            format('{"person":%s,"tickets":%s,"addresses":%s}', gone, moved, addresses));
    return kept;
end
$$;

-- What came to somebody while he was merged, for the worker that looks again.
create function settle_merge(gone_id bigint, moment timestamptz, cause text) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    kept bigint;
begin
    perform pg_advisory_xact_lock(hashtext('meridian.people'));
    select p.merged_into into kept from person p where p.id = gone_id;
    if kept is null then return 0; end if;
    return move_person(gone_id, kept, moment, 'program', null, cause);
end
$$;

revoke execute on function move_person(bigint, bigint, timestamptz, text, bigint, text),
    merge_people(bigint, bigint, timestamptz, text, bigint, text), settle_merge(bigint, timestamptz, text) from public;
grant execute on function merge_people(bigint, bigint, timestamptz, text, bigint, text) to meridian_intake;
grant execute on function settle_merge(bigint, timestamptz, text) to meridian_routing;
grant update (class, organisation, relation) on person to meridian_intake;
grant update (is_primary), delete on person_address to meridian_intake;
