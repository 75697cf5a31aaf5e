-- no transaction
create index concurrently if not exists inbound_mail_message on inbound_mail (message_id);
