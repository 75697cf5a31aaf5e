-- The major incidents that are announced, with what a report is held against: asked by doors and by routing, which need
-- not see the ticket behind them. The ticket and its requester are for the store alone and are told to nobody.
create function open_disturbances()
    returns table (uuid uuid, ticket bigint, requester bigint, category bigint, site bigint, since timestamptz,
        language text, title text, words text)
    language sql stable security definer set search_path = public, pg_temp as $$
    select a.uuid, t.id, t.requester, t.category, a.site, a.since, x.language, x.title, x.text
    from announcement a join ticket t on t.id = a.ticket join team m on m.id = t.team
        join announcement_text x on x.announcement = a.id
    where a.until is null and not m.confidential
    order by a.since, a.id, x.language
$$;
revoke execute on function open_disturbances() from public;
grant execute on function open_disturbances() to meridian_intake, meridian_routing;
