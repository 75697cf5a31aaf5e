-- What rules wait for, one row for each ticket and rule, claimed by the hour at which it is due. A row that was claimed
-- stays until the rule has run, so that a ticket which moves on in between takes it back.
create table automation_timer (
    ticket bigint not null references ticket,
    rule text not null,
    due_at timestamptz not null,
    -- The rules that led to it, the first one first.
    chain text[] not null default '{}',
    fired_at timestamptz,
    primary key (ticket, rule)
);
create index automation_timer_due on automation_timer (due_at) where fired_at is null;

-- Rules that would have done something and were stopped, for those who keep the rules.
create table automation_stop (
    id bigint generated always as identity primary key,
    ticket bigint not null references ticket,
    rule text not null,
    reason text not null check (reason in ('goes_in_circles', 'too_long', 'refused')),
    at timestamptz not null
);
create index automation_stop_at on automation_stop (at);

do $$
begin
    execute 'alter table automation_timer enable row level security';
    execute 'alter table automation_timer force row level security';
    execute 'alter table automation_stop enable row level security';
    execute 'alter table automation_stop force row level security';
    execute 'create policy owner on automation_timer to current_user using (true) with check (true)';
    execute 'create policy owner on automation_stop to current_user using (true) with check (true)';
end
$$;
create policy routing on automation_timer to meridian_routing using (true) with check (true);
create policy routing on automation_stop to meridian_routing using (true) with check (true);
create policy arrival on automation_timer for insert to meridian_intake, meridian_supplier with check (true);
create policy visitor on automation_timer to meridian_intake
    using ((select true from ticket t where t.id = automation_timer.ticket limit 1));
create policy bonded on automation_timer to meridian_supplier
    using ((select true from ticket t where t.id = automation_timer.ticket limit 1));

grant select, insert, update, delete on automation_timer to meridian_intake, meridian_routing, meridian_supplier;
grant select, insert on automation_stop to meridian_routing;
