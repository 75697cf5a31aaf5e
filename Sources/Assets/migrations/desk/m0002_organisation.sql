-- The organisation as it was applied, version by version; the newest is in force.
create table organisation (
    version bigint generated always as identity primary key,
    applied_at timestamptz not null,
    applied_by text not null,
    document text not null
);

-- What rows of other tables point at is kept here under numbers that never change; everything else is read from the
-- document. What the document no longer names is retired, never deleted.
create table scope (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('site', 'team', 'supplier')),
    subject bigint not null,
    unique (kind, subject)
);

create table site (
    id bigint generated always as identity primary key,
    code text not null unique check (code ~ '^[A-Z][A-Z0-9]{1,7}$'),
    name text not null,
    language text not null,
    zone text not null,
    retired_at timestamptz
);

create table calendar_version (
    id bigint generated always as identity primary key,
    calendar text not null,
    valid_from timestamptz not null,
    zone text not null,
    definition text not null,
    unique (calendar, valid_from)
);

create table team (
    id bigint generated always as identity primary key,
    code text not null unique,
    name text not null,
    site bigint references site,
    tier smallint not null check (tier between 1 and 99),
    calendar text not null,
    confidential boolean not null default false,
    retired_at timestamptz
);
create index team_site on team (site, tier);

create table position (
    id bigint generated always as identity primary key,
    code text not null unique,
    name text not null,
    team bigint not null references team,
    retired_at timestamptz
);
create index position_team on position (team);

create table category (
    id bigint generated always as identity primary key,
    code text not null unique,
    parent bigint references category,
    retired_at timestamptz
);

create table supplier (
    id bigint generated always as identity primary key,
    code text not null unique,
    name text not null,
    retired_at timestamptz
);

-- A site's numbers come from a sequence of its own: no lock that would serialise intake, gaps are normal, duplicates never.
create function make_ticket_sequence() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    execute format('create sequence %I', 'ticket_number_' || new.id);
    return new;
end
$$;
create trigger site_ticket_sequence after insert on site for each row execute function make_ticket_sequence();

create function next_ticket_number(site_id bigint) returns text
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    code text;
begin
    select s.code into strict code from site s where s.id = site_id;
    return code || '-' || nextval(format('%I', 'ticket_number_' || site_id)::regclass);
end
$$;
revoke execute on function next_ticket_number(bigint) from public;
