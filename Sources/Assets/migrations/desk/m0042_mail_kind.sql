-- no transaction
create index concurrently if not exists inbound_mail_kind on inbound_mail (kind, received_at, id);
