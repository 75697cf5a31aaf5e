-- Until when a ticket is on hold; null where somebody has to take it up again, and where it is not on hold.
alter table ticket add column resumes_at timestamptz;
-- When it was carried up last.
alter table ticket add column escalated_at timestamptz;
-- Whether another team or a supplier has had it, or it came back after a resolution.
alter table ticket add column passed_on boolean not null default false;
update ticket t set passed_on = true
where t.state <> 'closed' and exists (select from leg l where l.ticket = t.id
    and (l.reason in ('handed_over', 'offer_accepted', 'found_insufficient', 'reopened') or l.holder = 'supplier'));
