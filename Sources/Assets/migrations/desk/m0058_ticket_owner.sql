-- A ticket always has an owner: whatever writes one from here on is held to it.
alter table ticket add constraint ticket_has_owner check (owner is not null) not valid;
