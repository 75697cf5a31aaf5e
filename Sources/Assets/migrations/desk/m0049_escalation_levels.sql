-- A step that tells a level is a deadline of its own, so that one that has told a lead never stands in the way of another
-- target's, at the same part of its time, that tells whoever is above him. What has fired stays as it is: who has heard of
-- a ticket is told once whatever is due. A program of before this writes 'escalation', which means the level that the
-- clock's target names.
alter table deadline drop constraint deadline_kind_check,
    add constraint deadline_kind_check check (kind in ('warning', 'breach', 'escalation', 'escalation_lead',
        'escalation_site', 'escalation_organisation')) not valid;
update deadline d set kind = 'escalation_' || c.escalation_levels[array_position(c.escalation_percents, d.percent)]
from clock c
where c.id = d.clock and d.kind = 'escalation' and d.fired_at is null
    and array_position(c.escalation_percents, d.percent) is not null;
