-- What suppliers made of the tickets that they got: derived from the log like all figures, so nothing is filled in here; the
-- cursor goes back to the start.

-- The time in which a supplier had a part in a ticket, from a referral until either side ended it.
create table figure_referral (
    ticket bigint not null,
    episode int not null,
    supplier bigint not null,
    referred_at timestamptz not null,
    -- Who answered for the ticket then.
    site bigint not null,
    tier smallint not null,
    team bigint not null,
    -- Whether the supplier had solved the ticket before.
    again boolean not null,
    acknowledged_at timestamptz,
    -- From the referral to that instant without the time in which the supplier waited for an answer of the desk: by the clock
    -- on the wall, and in the hours of its contract.
    acknowledgement interval,
    acknowledgement_hours interval,
    ended_at timestamptz,
    -- Solved by the supplier, given back by it, or taken back by the desk.
    ending text check (ending in ('resolved', 'returned', 'withdrawn')),
    -- From the referral to its end, counted in the same way.
    handling interval,
    handling_hours interval,
    primary key (ticket, episode, supplier, referred_at),
    foreign key (ticket, episode) references figure_ticket on delete cascade,
    check ((ended_at is null) = (ending is null))
);
create index figure_referral_referred on figure_referral (referred_at);
create index figure_referral_acknowledged on figure_referral (acknowledged_at) where acknowledged_at is not null;
create index figure_referral_ended on figure_referral (ended_at) where ended_at is not null;
create index figure_referral_running on figure_referral (referred_at) where ended_at is null;

alter table figure_referral enable row level security;
alter table figure_referral force row level security;
create policy owner on figure_referral to current_user using (true) with check (true);
create policy figures on figure_referral to meridian_reporting using (true) with check (true);
grant select, insert, delete on figure_referral to meridian_reporting;

update figure_cursor set transaction = '0', event = 0;
