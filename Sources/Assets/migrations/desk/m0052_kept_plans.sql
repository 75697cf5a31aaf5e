-- What the doors ask before they open a ticket. A function in plain SQL that runs as its owner is planned anew each time it
-- is called, which costs several times what its query does (0.3 to 0.7 ms of processor time against 0.05 ms); one in PL/pgSQL
-- is planned once in a session. Only the language is another.
create or replace function open_disturbances()
    returns table (uuid uuid, ticket bigint, requester bigint, category bigint, site bigint, since timestamptz,
        language text, title text, words text)
    language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    return query select a.uuid, t.id, t.requester, t.category, a.site, a.since, x.language, x.title, x.text
    from announcement a join ticket t on t.id = a.ticket join team m on m.id = t.team
        join announcement_text x on x.announcement = a.id
    where a.until is null and not m.confidential
    order by a.since, a.id, x.language;
end
$$;

create or replace function mail_seen(id text, address text, digest bytea) returns table (number text, kind text)
    language plpgsql stable security definer
    set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
    return query select t.number, m.kind from inbound_mail m left join ticket t on t.id = m.ticket
    where m.message_id = $1 and m.recipient = $2 and m.fingerprint = $3 and m.kind <> 'duplicate';
end
$$;

create or replace function same_enquiry(of_message bytea, of_content bytea, at_door text, since timestamptz)
    returns table (ticket bigint, requester bigint, answers bigint, by_message boolean, same_words boolean,
        here boolean)
    language plpgsql stable security definer
    set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
    return query select k.ticket, t.requester, k.answers, k.by_message, k.same_words, k.here
    from (
        select e.ticket, e.answers, true as by_message, coalesce(bool_or(e.content = $2), true) as same_words,
            bool_or(e.door = $3) as here, min(e.id) as place
        from enquiry e where e.message = $1 group by e.ticket, e.answers
        union all
        select e.ticket, null, false, true, bool_or(e.door = $3), -max(e.id)
        from enquiry e where e.content = $2 and e.at > $4 group by e.ticket) k
    join ticket t on t.id = k.ticket
    order by k.by_message desc, k.place;
end
$$;
