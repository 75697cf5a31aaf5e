-- How much a token allows: so many requests a minute; null is what the programs have as their default.
alter table api_token add column rate integer check (rate > 0);

-- What has been asked under a token. The quota is a bucket of a minute's requests that fills up evenly; full_at is when
-- it will be full again, which says at any instant how much is in it.
create table token_use (
    token bigint primary key references api_token on delete cascade,
    full_at timestamptz not null,
    used_at timestamptz not null
) with (fillfactor = 50);

-- Lends a program up to a number of requests under a token, out of a bucket of `quota` that is filled once a minute.
-- Lends what there is, and nothing where not one is left. Programs take turns here by the lock of the row; runs as the
-- owner.
create function lend_requests(
    of_token bigint, wanted int, quota int, now timestamptz, out lent int, out full_at timestamptz)
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    minute constant interval := interval '1 minute';
begin
    insert into token_use values (of_token, now, now) on conflict do nothing;
    select greatest(u.full_at, now) into full_at from token_use u where u.token = of_token for update;
    -- The bucket is kept in whole microseconds, so a request's share of it may be a hair more than what one costs.
    lent := least(wanted, floor(extract(epoch from now + minute - full_at) * quota / 60 + 0.001));
    lent := greatest(lent, 0);
    full_at := full_at + minute * lent / quota;
    update token_use u set full_at = lend_requests.full_at, used_at = greatest(u.used_at, now) where u.token = of_token;
end $$;
revoke execute on function lend_requests(bigint, int, int, timestamptz) from public;
grant execute on function lend_requests(bigint, int, int, timestamptz) to meridian_intake, meridian_reporting;
