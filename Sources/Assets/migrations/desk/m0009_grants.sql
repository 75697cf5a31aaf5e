-- What each program may touch, and nothing more. A new table is granted in the migration that makes it.

-- The organisation and its people are read by all; only the operator writes the organisation.
grant select on organisation, scope, site, calendar_version, team, position, category, supplier, person, person_address,
    position_holder, role_grant
    to meridian_intake, meridian_routing, meridian_supplier, meridian_reporting;

-- Each program makes sure at its start that the tables are those it knows.
grant select on schema_migration to meridian_intake, meridian_routing, meridian_supplier, meridian_reporting;

-- The three programs that record what happens to tickets.
grant select, insert, update on ticket, leg, clock, clock_segment, deadline, supplier_ticket, supplier_message
    to meridian_intake, meridian_routing, meridian_supplier;
grant delete on deadline, clock_segment to meridian_intake, meridian_routing, meridian_supplier;
grant select, insert on entry, attachment, blob, blob_chunk, event, letter
    to meridian_intake, meridian_routing, meridian_supplier;
-- A file that was sent before its message waits for it.
grant update (entry) on attachment to meridian_intake;
grant select on ticket_access to meridian_intake;
grant execute on function set_ticket_access(bigint, bigint[]) to meridian_intake, meridian_routing, meridian_supplier;
grant usage on sequence ticket_id_seq, entry_id_seq, clock_id_seq, letter_id_seq, supplier_ticket_id_seq
    to meridian_intake, meridian_routing, meridian_supplier;

-- The doors: who is asking, what came in, what was answered.
grant execute on function next_ticket_number(bigint), mail_seen(text, text, bytea), conversation(uuid) to meridian_intake;
grant insert, delete on person to meridian_intake;
grant update (name, language, home_site) on person to meridian_intake;
grant insert on person_address to meridian_intake;
grant select, insert, update on inbound_mail, supplier_receipt to meridian_intake;
grant usage on sequence inbound_mail_id_seq, supplier_receipt_id_seq to meridian_intake;
grant select, insert, update, delete on idempotency to meridian_intake;
grant select, update on api_token to meridian_intake;
grant select on secret, delivery to meridian_intake;

-- Signing in, at the doors and at the reports.
grant select, insert, update, delete on session, throttle to meridian_intake, meridian_reporting;
grant select, update on account to meridian_intake, meridian_reporting;

-- Letters go out from the routing worker; months get their partition there.
grant select, insert, update on delivery to meridian_routing;
grant select on inbound_mail to meridian_routing;
grant execute on function make_event_partition(date) to meridian_routing;

-- What suppliers said is read by the supplier worker, which also signs what goes to them.
grant select, update on supplier_receipt to meridian_supplier;
grant select on secret to meridian_supplier;

-- Figures come from events alone.
grant select on event to meridian_reporting;

-- The queue: who records leaves jobs, and the workers take them.
grant usage on schema jobs to meridian_intake, meridian_routing, meridian_supplier;
grant select, insert, update, delete on all tables in schema jobs to meridian_intake, meridian_routing, meridian_supplier;
