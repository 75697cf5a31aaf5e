-- Clocks of every measure: whose promise it is and which round of it, since a ticket is handed over, written about and
-- referred more than once. What the former version writes beside this one stays right: a clock of its two measures is about
-- the ticket and has one round, and a deadline without a step is the only one of its kind.
alter table clock
    add column subject text not null default 'ticket' check (subject in ('ticket', 'team', 'supplier')),
    add column subject_key bigint,
    add column round_at timestamptz,
    -- An instant that was promised, whatever the calendars say.
    add column promised_at timestamptz,
    add column target text not null default '',
    add column warning_percents smallint[],
    add constraint clock_is_about_somebody check ((subject_key is null) = (subject = 'ticket')),
    drop constraint clock_ticket_episode_measure_key;
create unique index clock_round on clock (ticket, episode, measure, subject, subject_key, round_at) nulls not distinct;

-- A step of the warnings is a row of its own; the breach is step 0.
alter table deadline add column percent smallint not null default 0 check (percent between 0 and 99),
    drop constraint deadline_pkey;
update deadline d set percent = c.warning_percent from clock c where c.id = d.clock and d.kind = 'warning';
alter table deadline add primary key (clock, kind, percent);

alter table ticket
    add column last_update_at timestamptz,
    add column team_since timestamptz,
    add column first_line_since timestamptz;

-- The calendar of promised instants: never closed, in no document.
insert into calendar_version (calendar, valid_from, zone, definition)
values ('*', '1970-01-01T00:00:00Z', 'UTC', '{"zone":"UTC","weekly":"24x7"}');
