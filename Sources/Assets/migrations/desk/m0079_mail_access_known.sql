-- The mail that was there before; a scope that a ticket is about to leave is left when this has ended.
insert into mail_access select a.scope, m.kind, m.received_at, m.id
    from inbound_mail m join ticket_access a on a.ticket = m.ticket for key share of a
    on conflict do nothing;
insert into mail_access select 0, m.kind, m.received_at, m.id from inbound_mail m where m.ticket is null
    on conflict do nothing;
analyze mail_access;
