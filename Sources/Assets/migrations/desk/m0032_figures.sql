-- Service time, cost, targets and returns. All of it is derived from the log as before (targets from the clocks, which the
-- log moves), so nothing is filled in here: the cursor goes back to the start, and until a ticket has been counted anew its
-- older figures stand, with nothing in what follows.

-- When a person of the desk began to work on it (S69); null where nobody has. In an episode of its own.
alter table figure_ticket add column work_began_at timestamptz;
-- From the report to that instant, from there to the resolution (S70), from the report to the resolution, and from the
-- report to the first answer: by the clock on the wall, and in the hours of whoever had the ticket, without pauses. The
-- time in which a ticket counted as resolved before it was reopened is in none of them.
alter table figure_ticket add column response interval, add column response_hours interval,
    add column service interval, add column service_hours interval,
    add column through interval, add column through_hours interval,
    add column answer_hours interval;
-- What the last resolution gave to the knowledge of the desk: an article that solved it, a draft, or why neither.
alter table figure_ticket add column knowledge text, add column article bigint;

-- What was done with the ticket in the stretch: it waited in a queue, somebody was at work on it, it was on hold, or the
-- requester or a supplier had it.
alter table figure_leg add column phase text check (phase in ('queue', 'work', 'hold', 'requester', 'supplier'));
-- Whether work on the ticket had begun.
alter table figure_leg add column begun boolean not null default false;
-- How long whoever had the ticket was open in the stretch; null while it lasts.
alter table figure_leg add column hours interval;

-- What is paid for: work by a tier or a supplier on each day of the calendar of whoever worked. Rates are looked up when a
-- report is made, so that a rate that is put right is right in all reports.
create table figure_work (
    ticket bigint not null,
    episode int not null,
    day date not null,
    holder text not null check (holder in ('team', 'supplier')),
    site bigint not null,
    tier smallint not null,
    team bigint not null,
    -- 0 where a team worked.
    supplier bigint not null,
    microseconds bigint not null check (microseconds > 0),
    primary key (ticket, episode, day, holder, site, tier, team, supplier),
    foreign key (ticket, episode) references figure_ticket on delete cascade
);

-- A stretch in which a ticket was back with a team because something was missing (S54).
create table figure_return (
    ticket bigint not null,
    episode int not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    -- The team that had to find out what is missing, and the team that gave the ticket back.
    site bigint not null,
    tier smallint not null,
    team bigint not null,
    from_site bigint not null,
    from_tier smallint not null,
    from_team bigint not null,
    -- How long whoever had the ticket was open; null while it lasts.
    hours interval,
    primary key (ticket, episode, started_at),
    foreign key (ticket, episode) references figure_ticket on delete cascade
);
create index figure_return_ended on figure_return (ended_at) where ended_at is not null;

-- A promise: kept at an instant, or its time used up then. One that runs on counts as missed from that instant on.
create table figure_target (
    ticket bigint not null,
    episode int not null,
    clock bigint not null,
    measure text not null,
    -- Whose promise it was, where it was not the desk's.
    team bigint,
    supplier bigint,
    is_met boolean not null,
    -- Null while it is paused with time left.
    at timestamptz,
    primary key (ticket, episode, clock),
    foreign key (ticket, episode) references figure_ticket on delete cascade
);
create index figure_target_at on figure_target (at) where at is not null;

do $$
declare
    name text;
begin
    foreach name in array array['figure_work', 'figure_return', 'figure_target'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy owner on %I to current_user using (true) with check (true)', name);
        execute format('create policy figures on %I to meridian_reporting using (true) with check (true)', name);
    end loop;
end
$$;
grant select, insert, delete on figure_work, figure_return, figure_target to meridian_reporting;

create policy figures on clock for select to meridian_reporting using (true);
grant select (id, ticket, episode, measure, subject, subject_key, state, stopped_at, due_at) on clock to meridian_reporting;

update figure_cursor set transaction = '0', event = 0;
