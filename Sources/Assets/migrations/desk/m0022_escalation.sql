-- Steps by which a missed target is carried up: a deadline each, most of them later than the breach.
alter table deadline drop constraint deadline_kind_check, drop constraint deadline_percent_check,
    add constraint deadline_kind_check check (kind in ('warning', 'breach', 'escalation')),
    add constraint deadline_percent_check check (percent between 0 and 1000);
alter table clock
    add column escalation_percents smallint[] not null default '{}',
    add column escalation_levels text[] not null default '{}',
    add constraint clock_escalations check (cardinality(escalation_percents) = cardinality(escalation_levels)
        and escalation_levels <@ array['lead', 'site', 'organisation']);
