-- What people were told, one row for each event and person: whoever is told as the holder of a position is not told again
-- as its lead. Which letter was first is settled here, however many workers send at once.
create table notice (
    id bigint generated always as identity primary key,
    ticket bigint not null references ticket,
    -- The instant of the event, which no other event of the ticket has.
    at timestamptz not null,
    person bigint not null references person,
    letter bigint not null references letter,
    told_at timestamptz not null,
    read_at timestamptz,
    unique (ticket, at, person)
);
create index notice_person on notice (person, id desc);
create index notice_unread on notice (person, id) where read_at is null;
create index notice_letter on notice (letter);

-- How a person wants to be told of something; no row: by mail.
create table notice_choice (
    person bigint not null references person,
    letter text not null,
    way text not null check (way in ('page', 'off')),
    primary key (person, letter)
);

alter table notice enable row level security;
alter table notice force row level security;
create policy owner on notice to current_user using (true) with check (true);
create policy routing on notice to meridian_routing using (true) with check (true);
create policy visitor on notice to meridian_intake
    using (person = (select nullif(current_setting('meridian.requester', true), '')::bigint));

grant select, insert on notice to meridian_routing;
grant select on notice_choice to meridian_routing;
grant select on notice to meridian_intake;
grant update (read_at) on notice to meridian_intake;
grant select, insert, update, delete on notice_choice to meridian_intake;
