-- What happened, append-only. The transaction id lets a reader follow the log without missing a late commit: everything
-- below pg_snapshot_xmin is settled.
create table event (
    id bigint generated always as identity,
    ticket bigint not null references ticket,
    revision bigint not null,
    episode int not null,
    kind text not null,
    at timestamptz not null,
    actor_kind text not null check (actor_kind in ('person', 'supplier', 'program', 'token')),
    actor bigint,
    cause text,
    data text not null,
    transaction xid8 not null default pg_current_xact_id(),
    primary key (id, at)
) partition by range (at);
create index event_ticket on event (ticket, revision);
create index event_transaction on event (transaction, id);
create table event_default partition of event default;

-- A month has its partition before its first event; a month without one falls into the default partition.
create function make_event_partition(month date) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    first_day date := date_trunc('month', month)::date;
    name text := 'event_' || to_char(first_day, 'YYYY_MM');
begin
    if to_regclass(name) is null then
        execute format('create table %I partition of event for values from (%L) to (%L)',
            name, first_day::timestamp at time zone 'UTC', (first_day + interval '1 month') at time zone 'UTC');
    end if;
exception
    when duplicate_table or check_violation then null;
end
$$;
revoke execute on function make_event_partition(date) from public;

-- The ledger of legs: a stretch in which one party held the ticket. Within an episode each leg begins where the one before
-- it ended (a deferred foreign key to that very end), there is one first leg, one open leg, and no end twice: the legs cover
-- the episode without gap or overlap. The ticket points at the leg it is in.
create table leg (
    ticket bigint not null references ticket,
    episode int not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    previous_end timestamptz check (previous_end = started_at),
    holder text not null check (holder in ('team', 'supplier', 'requester')),
    site bigint not null references site,
    tier smallint not null,
    team bigint not null references team,
    supplier bigint references supplier,
    position bigint not null references position,
    reason text not null,
    primary key (ticket, episode, started_at),
    unique (ticket, episode, ended_at),
    check (ended_at > started_at),
    check ((supplier is not null) = (holder = 'supplier')),
    foreign key (ticket, episode, previous_end) references leg (ticket, episode, ended_at) deferrable initially deferred
);
create unique index leg_first on leg (ticket, episode) where previous_end is null;
create unique index leg_open on leg (ticket, episode) where ended_at is null;

alter table ticket add constraint ticket_is_held foreign key (id, episode, held_since)
    references leg (ticket, episode, started_at) deferrable initially deferred;

-- A target running over legs. `elapsed` counts the closed segments only; the running one is added by whoever asks.
create table clock (
    id bigint generated always as identity primary key,
    ticket bigint not null references ticket,
    episode int not null,
    target text not null,
    seconds bigint not null check (seconds > 0),
    state text not null check (state in ('running', 'paused', 'met', 'missed', 'cancelled')),
    started_at timestamptz not null,
    stopped_at timestamptz,
    due_at timestamptz,
    unique (ticket, episode, target)
);
create table clock_segment (
    clock bigint not null references clock,
    started_at timestamptz not null,
    ended_at timestamptz,
    counting boolean not null,
    reason text not null,
    holder text not null,
    calendar_version bigint not null references calendar_version,
    seconds bigint,
    primary key (clock, started_at)
);
create unique index clock_segment_open on clock_segment (clock) where ended_at is null;

-- One row per deadline, claimed by due time. A paused clock has none that is armed.
create table deadline (
    clock bigint not null references clock,
    kind text not null check (kind in ('warning', 'breach')),
    due_at timestamptz,
    fired_at timestamptz,
    primary key (clock, kind)
);
create index deadline_due on deadline (due_at) where fired_at is null and due_at is not null;
