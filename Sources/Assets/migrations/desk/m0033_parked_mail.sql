-- no transaction
create index concurrently if not exists inbound_mail_parked on inbound_mail (received_at, id) where kind = 'parked';
