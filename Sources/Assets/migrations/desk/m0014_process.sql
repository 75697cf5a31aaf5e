-- What is promised, asked or offered about a ticket, and how tickets belong together. A program of the version before this
-- one writes none of it: each column has a value that means "nothing".
alter table ticket
    -- The position that answers for it from its report to its end; null in rows of the version before.
    add column owner bigint references position,
    add column callback_due timestamptz,
    add column callback_promised_at timestamptz,
    add column offered_site bigint references site,
    add column offered_tier smallint,
    add column offered_team bigint references team,
    -- Whether the team that got it can work with what it was told; null until it has judged.
    add column sufficient boolean,
    add column returns int not null default 0,
    add column escalation text check (escalation in ('lead', 'site', 'organisation')),
    add column parent bigint references ticket,
    add column merged_into bigint references ticket,
    add column major boolean not null default false,
    add column followed boolean not null default false,
    add check ((callback_due is null) = (callback_promised_at is null)),
    add check (num_nulls(offered_site, offered_tier, offered_team) in (0, 3)),
    add check (parent <> id and merged_into <> id);
create index ticket_parent on ticket (parent) where parent is not null;
create index ticket_merged on ticket (merged_into) where merged_into is not null;
create index ticket_offered on ticket (offered_team, id) where offered_team is not null;
create index ticket_owner_open on ticket (owner, priority, opened_at, id) where state <> 'closed';
create index ticket_major on ticket (id) where major and state not in ('resolved', 'closed');

-- A question to a team or a supplier that does not get the ticket with it.
create table inquiry (
    question bigint primary key references entry,
    ticket bigint not null references ticket,
    site bigint references site,
    tier smallint,
    team bigint references team,
    supplier bigint references supplier,
    asked_at timestamptz not null,
    ended_at timestamptz,
    answer bigint references entry,
    check (num_nulls(site, tier, team) = case when supplier is null then 0 else 3 end)
);
create index inquiry_ticket on inquiry (ticket) where ended_at is null;
create index inquiry_team on inquiry (team, asked_at) where ended_at is null;

-- Who is told how the ticket of another ends.
create table follower (
    ticket bigint not null references ticket,
    person bigint not null references person,
    since timestamptz not null,
    primary key (ticket, person)
);
create index follower_person on follower (person);

-- How tickets are linked, read from the first one.
create table ticket_link (
    ticket bigint not null references ticket,
    other bigint not null references ticket,
    kind text not null check (kind in ('related', 'caused_by', 'follow_up', 'split_from')),
    since timestamptz not null,
    primary key (ticket, other, kind),
    check (ticket <> other)
);
create index ticket_link_other on ticket_link (other);

-- A bond may be a question alone.
alter table supplier_ticket add column question bigint references entry;
alter table supplier_message drop constraint supplier_message_kind_check;
alter table supplier_message add check (kind in ('referral', 'answer', 'withdrawal', 'question'));

-- Letters to whole teams, to those who manage a site (or all of it), and to those who follow a ticket.
alter table letter drop constraint letter_audience_check;
alter table letter drop constraint letter_check;
alter table letter add constraint letter_audience_check check (audience in ('requester', 'person', 'position', 'leads',
    'team', 'managers', 'followers'));
alter table letter add constraint letter_subject_check check (case when audience in ('requester', 'followers')
    then subject is null when audience = 'managers' then true else subject is not null end);

do $$
declare
    name text;
begin
    foreach name in array array['inquiry', 'follower', 'ticket_link'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy owner on %I to current_user using (true) with check (true)', name);
        execute format('create policy routing on %I to meridian_routing using (true) with check (true)', name);
        execute format('create policy arrival on %I for insert to meridian_intake, meridian_supplier with check (true)', name);
        execute format('create policy visitor on %I to meridian_intake
            using ((select true from ticket t where t.id = %I.ticket limit 1))', name, name);
        execute format('create policy bonded on %I to meridian_supplier
            using ((select true from ticket t where t.id = %I.ticket limit 1))', name, name);
    end loop;
end
$$;
grant select, insert, update on inquiry to meridian_intake, meridian_routing, meridian_supplier;
grant select, insert, delete on follower, ticket_link to meridian_intake, meridian_routing, meridian_supplier;
