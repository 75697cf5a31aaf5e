-- no transaction
create index concurrently if not exists ticket_open on ticket (priority, opened_at, id) where state <> 'closed';
