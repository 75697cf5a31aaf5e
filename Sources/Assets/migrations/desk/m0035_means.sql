-- What is needed to solve a ticket, as the team that has it decided; null until it has.
alter table ticket add column means text check (means in ('remote', 'visit', 'other'));
