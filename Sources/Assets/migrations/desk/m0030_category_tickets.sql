-- no transaction
create index concurrently if not exists ticket_of_category on ticket (category, id desc) where category is not null;
