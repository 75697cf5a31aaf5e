-- no transaction
create index concurrently if not exists ticket_of_team on ticket (team, id desc);
