-- What a report says of each address that it names: recipient, status, code, reason, hard, action.
alter table inbound_mail add column bounces jsonb;

-- Whose mail comes back because nobody is there.
alter table person_address add column undeliverable_since timestamptz;
grant update (undeliverable_since) on person_address to meridian_intake;

-- A mail of which no ticket knows is seen by those who look after the whole desk, which is set for the length of a
-- transaction: meridian.mail = all. They may have it sorted anew.
create policy sorting on inbound_mail to meridian_intake
    using (ticket is null and (select current_setting('meridian.mail', true)) = 'all')
    with check ((select current_setting('meridian.mail', true)) = 'all');
