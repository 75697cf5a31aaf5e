-- no transaction
-- A ticket's page asks for all its exchanges, also those that have ended; so does the policy of the supplier worker.
create index concurrently if not exists supplier_ticket_ticket on supplier_ticket (ticket);
