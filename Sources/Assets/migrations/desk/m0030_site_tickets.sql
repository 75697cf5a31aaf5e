-- no transaction
create index concurrently if not exists ticket_of_site on ticket (holder_site, id desc);
