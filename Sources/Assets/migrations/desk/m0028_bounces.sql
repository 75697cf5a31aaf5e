-- Which letter to whom a report is about, as the address says that it came to.
alter table inbound_mail
    add column letter bigint references letter,
    add column person bigint references person,
    add check ((letter is null) = (person is null)),
    add check (letter is null or ticket is not null);
create index inbound_mail_letter on inbound_mail (letter) where letter is not null;
create index inbound_mail_person on inbound_mail (person) where person is not null;
