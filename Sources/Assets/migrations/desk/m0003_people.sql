create table person (
    id bigint generated always as identity primary key,
    uuid uuid not null unique default gen_random_uuid(),
    name text not null,
    language text not null,
    class text not null default 'standard',
    home_site bigint references site,
    created_at timestamptz not null,
    left_at timestamptz
);

-- One person, several addresses; an address is kept as mail systems compare it, in lower case.
create table person_address (
    address text primary key check (address = lower(address) and address like '%_@_%'),
    person bigint not null references person
);
create index person_address_person on person_address (person);

create table position_holder (
    position bigint not null references position,
    person bigint not null references person,
    since timestamptz not null,
    until timestamptz,
    primary key (position, person, since)
);
create index position_holder_person on position_holder (person) where until is null;

-- What a person may do, at one site or (null) at all of them.
create table role_grant (
    person bigint not null references person,
    role text not null check (role in ('agent', 'lead', 'manager', 'administrator')),
    site bigint references site,
    unique nulls not distinct (person, role, site)
);

create table account (
    person bigint primary key references person,
    password text not null,
    changed_at timestamptz not null
);

-- A session is known by the digest of its token: the table cannot sign anybody in.
create table session (
    digest bytea primary key,
    person bigint not null references person,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    expires_at timestamptz not null
);
create index session_person on session (person);
create index session_expiry on session (expires_at);

create table api_token (
    id bigint generated always as identity primary key,
    name text not null unique,
    digest bytea not null unique,
    scopes text[] not null,
    site bigint references site,
    created_at timestamptz not null,
    expires_at timestamptz,
    revoked_at timestamptz
);

-- Counts of what is limited per hour (sign-ins by address and account, acknowledgements by recipient).
create table throttle (
    key text not null,
    hour timestamptz not null,
    count int not null,
    primary key (key, hour)
);
create index throttle_hour on throttle (hour);

-- Values of the secrets that the organisation document names, sealed with a key derived from MERIDIAN_SECRET.
create table secret (
    name text primary key,
    sealed bytea not null,
    set_at timestamptz not null
);
