-- The person an address belongs to, held against being merged into another until the transaction ends; who writes for the
-- first time becomes known. One question instead of up to five, and it acts with the rights of whoever asks.
create function known_person(of_address text, named text, speaking text, home bigint, now timestamptz)
    returns table (id bigint, name text, address text, language text, class text, home_site bigint)
    language plpgsql volatile set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    fresh_id bigint;
    fresh_class text;
begin
    -- Whoever waited for a merge finds the one who stays when he looks again; merges do not follow one another that fast.
    for attempt in 1..10 loop
        return query select p.id, p.name,
                (select a.address from person_address a where a.person = p.id
                    order by a.undeliverable_since is not null, a.is_primary desc, a.address limit 1),
                p.language, p.class, p.home_site
            from person p join person_address o on o.person = p.id
            where o.address = of_address and p.merged_into is null for key share of p;
        if found then return; end if;
        perform from person_address o where o.address = of_address;
        continue when found;
        insert into person as p (name, language, home_site, created_at) values (named, speaking, home, now)
            returning p.id, p.class into fresh_id, fresh_class;
        insert into person_address (address, person, is_primary, since) values (of_address, fresh_id, true, now)
            on conflict do nothing;
        if found then
            return query select fresh_id, named, of_address, speaking, fresh_class, home;
            return;
        end if;
        -- Another transaction made the same person first and has committed: its row stands, ours goes.
        delete from person p where p.id = fresh_id;
    end loop;
end
$$;
revoke execute on function known_person(text, text, text, bigint, timestamptz) from public;
grant execute on function known_person(text, text, text, bigint, timestamptz) to meridian_intake;
