-- no transaction
create index concurrently if not exists inbound_mail_entry on inbound_mail (entry) where entry is not null;
