-- What a list of mail shows of a message without reading it again: its subject, and the address of its author.
alter table inbound_mail add column subject text, add column author text;
