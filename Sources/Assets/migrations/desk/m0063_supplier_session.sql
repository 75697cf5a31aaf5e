-- People of suppliers who have come in by a link that was mailed to them. Which suppliers an address speaks for stands in the
-- organisation document, so whoever is taken off it is out at once.
create table supplier_session (
    digest bytea primary key,
    address text not null,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    expires_at timestamptz not null
);
create index supplier_session_expiry on supplier_session (expires_at);

-- The links that have been used, each by a digest: none opens twice.
create table supplier_pass (
    digest bytea primary key,
    expires_at timestamptz not null
);
create index supplier_pass_expiry on supplier_pass (expires_at);

grant select, insert, update (seen_at), delete on supplier_session to meridian_intake;
-- Whoever sweeps locks the rows first, which needs the right to change one column.
grant select, insert, update (expires_at), delete on supplier_pass to meridian_intake;
