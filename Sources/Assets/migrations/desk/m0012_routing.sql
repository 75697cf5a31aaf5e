-- Codes by which tickets are found and counted; the ticket holds them all, and each has a row of its own, because under
-- row-level security no index of an array is used.
alter table ticket add column tags text[] not null default '{}';
create table ticket_tag (
    tag text not null,
    ticket bigint not null references ticket,
    primary key (tag, ticket)
);

-- Who set the priority, and the note in which a person said why.
alter table ticket add column priority_basis text not null default 'matrix'
    check (priority_basis in ('matrix', 'rule', 'person'));
alter table ticket add column priority_reason bigint references entry;

-- The organisation or department that a person belongs to, for rules.
alter table person add column organisation text;

-- What a person says of himself, from an instant on; the newest row counts until it ends. Who said nothing is there.
create table availability (
    person bigint not null references person,
    since timestamptz not null,
    state text not null check (state in ('available', 'busy', 'away')),
    -- When it ends by itself; null where only he ends it.
    until timestamptz check (until > since),
    primary key (person, since)
);

-- When each person of a team was given a ticket last, as an order and not as a time: two tickets can share an instant.
create sequence assignment_order;
create table assignment_turn (
    team bigint not null references team,
    person bigint not null references person,
    turn bigint not null,
    primary key (team, person)
);

grant select on availability to meridian_intake, meridian_routing, meridian_supplier;
grant insert, update on availability to meridian_intake;
grant select, insert, update on assignment_turn to meridian_routing;
grant usage on sequence assignment_order to meridian_routing;
grant select, insert, delete on ticket_tag to meridian_intake, meridian_routing, meridian_supplier;

alter table ticket_tag enable row level security;
alter table ticket_tag force row level security;
create policy owner on ticket_tag to current_user using (true) with check (true);
create policy routing on ticket_tag to meridian_routing using (true) with check (true);
create policy arrival on ticket_tag for insert to meridian_intake, meridian_supplier with check (true);
create policy visitor on ticket_tag to meridian_intake
    using ((select true from ticket t where t.id = ticket_tag.ticket limit 1));
create policy bonded on ticket_tag to meridian_supplier
    using ((select true from ticket t where t.id = ticket_tag.ticket limit 1));
