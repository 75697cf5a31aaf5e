-- Tickets that were written before there were owners get the position that has them, which readers took in its place.
-- The rows are looked through without keeping anybody from writing them.
update ticket set owner = position where owner is null;
alter table ticket validate constraint ticket_has_owner;
