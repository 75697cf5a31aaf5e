-- no transaction
create index concurrently if not exists person_address_name on person_address (split_part(address, '@', 1));
