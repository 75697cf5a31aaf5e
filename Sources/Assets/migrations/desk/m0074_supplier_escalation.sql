-- Escalation on the side of a supplier: steps of its contract after which it is told, each a deadline of its clock and a
-- message of the exchange. A program of before this sets such a deadline aside, and one of now takes it up.
alter table clock add column supplier_percents smallint[] not null default '{}';
alter table deadline drop constraint deadline_kind_check,
    add constraint deadline_kind_check check (kind in ('warning', 'breach', 'escalation', 'escalation_lead',
        'escalation_site', 'escalation_organisation', 'supplier')) not valid;

-- Of which promise so much is used up.
alter table supplier_message add column measure text, add column percent smallint,
    drop constraint supplier_message_kind_check,
    add constraint supplier_message_kind_check check (kind in ('referral', 'answer', 'withdrawal', 'question', 'note',
        'change', 'reopening', 'closure', 'escalation', 'acknowledged', 'noted', 'asked', 'progress', 'hold', 'resolved',
        'returned')) not valid;
