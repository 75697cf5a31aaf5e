-- What reports are counted from: derived from the log of events alone, by whichever copy of the reporting service is free.
-- Nothing here is known nowhere else; emptied and with the cursor at its start, it is counted anew.

-- How far the log has been counted. The order is that of transactions, not of keys: a transaction that commits late has
-- events with low keys, and none of them is passed over.
create table figure_cursor (
    single boolean primary key default true check (single),
    transaction xid8 not null default '0',
    event bigint not null default 0
);
insert into figure_cursor default values;

-- A ticket in one of its episodes. The keys are the log's and were checked there; figures hold on to nothing.
create table figure_ticket (
    ticket bigint not null,
    episode int not null,
    number text not null,
    origin bigint not null,
    -- Where it is, or where it was last.
    site bigint not null,
    tier smallint not null,
    team bigint not null,
    -- The last supplier that had it.
    supplier bigint,
    -- The highest tier that had it.
    top_tier smallint not null,
    kind text not null,
    category bigint,
    priority smallint not null,
    channel text not null,
    state text not null,
    outcome text,
    opened_at timestamptz not null,
    first_response_at timestamptz,
    first_resolved_at timestamptz,
    resolved_at timestamptz,
    -- How long it counted as resolved before it was reopened within the episode: nobody is charged for that.
    rested interval not null,
    closed_at timestamptz,
    reopened_at timestamptz,
    primary key (ticket, episode)
);
create index figure_ticket_opened on figure_ticket (opened_at);
create index figure_ticket_responded on figure_ticket (first_response_at) where first_response_at is not null;
create index figure_ticket_first_resolved on figure_ticket (first_resolved_at) where first_resolved_at is not null;
create index figure_ticket_resolved on figure_ticket (resolved_at) where resolved_at is not null;

-- A stretch of work on a ticket: a leg without the time in which it counts as resolved.
create table figure_leg (
    ticket bigint not null,
    episode int not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    holder text not null check (holder in ('team', 'supplier', 'requester')),
    site bigint not null,
    tier smallint not null,
    team bigint not null,
    supplier bigint,
    primary key (ticket, episode, started_at),
    foreign key (ticket, episode) references figure_ticket on delete cascade,
    check (ended_at > started_at),
    check ((supplier is not null) = (holder = 'supplier'))
);
create index figure_leg_ended on figure_leg (ended_at);
create index figure_leg_running on figure_leg (started_at) where ended_at is null;

-- Figures are for the reporting service and nobody else; which sites a reader's figures cover, its queries say.
do $$
declare
    name text;
begin
    foreach name in array array['figure_cursor', 'figure_ticket', 'figure_leg'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy owner on %I to current_user using (true) with check (true)', name);
        execute format('create policy figures on %I to meridian_reporting using (true) with check (true)', name);
    end loop;
end
$$;
grant select, update on figure_cursor to meridian_reporting;
grant select, insert, delete on figure_ticket, figure_leg to meridian_reporting;

-- Machines fetch figures with the same tokens with which they use the rest of the API.
grant select on api_token to meridian_reporting;
