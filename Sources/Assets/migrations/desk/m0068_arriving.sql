-- What a door asks while it opens a ticket, with fewer questions within: each statement of a function costs as much as one
-- that a program sends.

-- The person an address belongs to, held against being merged into another until the transaction ends, and whether mail to
-- the address came back; who writes for the first time becomes known. It acts with the rights of whoever asks.
create function person_writing(
    of_address text, named text, speaking text, home bigint, now timestamptz, out id bigint, out name text,
    out address text, out language text, out class text, out home_site bigint, out is_returned boolean)
    language plpgsql volatile set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    -- Whoever waited for a merge finds the one who stays when he looks again; merges do not follow one another that fast.
    for attempt in 1..10 loop
        select p.id, p.name,
                (select a.address from person_address a where a.person = p.id
                    order by a.undeliverable_since is not null, a.is_primary desc, a.address limit 1),
                p.language, p.class, p.home_site, o.undeliverable_since is not null
            into id, name, address, language, class, home_site, is_returned
            from person p join person_address o on o.person = p.id
            where o.address = of_address and p.merged_into is null for key share of p;
        if found then return; end if;
        insert into person as p (name, language, home_site, created_at) values (named, speaking, home, now)
            returning p.id, p.name, p.language, p.class, p.home_site into id, name, language, class, home_site;
        insert into person_address (address, person, is_primary, since) values (of_address, id, true, now)
            on conflict do nothing;
        if found then
            address := of_address;
            is_returned := false;
            return;
        end if;
        -- Somebody has the address: another transaction made him first, or he is being merged. His row stands, ours goes.
        delete from person p where p.id = person_writing.id;
    end loop;
    raise exception 'who has the address % changes all the time', of_address using errcode = 'serialization_failure';
end
$$;
revoke execute on function person_writing(text, text, text, bigint, timestamptz) from public;
grant execute on function person_writing(text, text, text, bigint, timestamptz) to meridian_intake;

-- The next number of a site; the code before it is known to whoever asks.
create function next_ticket_sequence(site_id bigint) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    return nextval(('ticket_number_' || site_id)::regclass);
end
$$;
revoke execute on function next_ticket_sequence(bigint) from public;
grant execute on function next_ticket_sequence(bigint) to meridian_intake;

-- Who sees a ticket that nobody has seen yet. Whoever sets access says what he took the team for, as with
-- set_ticket_access; where one statement tells that it still holds, no other is asked.
create function open_ticket_access(ticket_id bigint, scopes bigint[], confidential boolean) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into ticket_access (ticket, scope) select t.id, s
        from ticket t join team m on m.id = t.team cross join unnest(scopes) s
        where t.id = ticket_id and m.confidential = open_ticket_access.confidential
        on conflict do nothing;
    if not found then perform set_ticket_access(ticket_id, scopes, confidential); end if;
end
$$;
revoke execute on function open_ticket_access(bigint, bigint[], boolean) from public;
grant execute on function open_ticket_access(bigint, bigint[], boolean)
    to meridian_intake, meridian_routing, meridian_supplier;
