-- A supplier that has no system but a mailbox is written to by letters, as people are.
alter table letter drop constraint letter_audience_check;
-- Not valid, since every row there is was held to the narrower one: the table need not be read.
alter table letter add constraint letter_audience_check check (audience in ('requester', 'person', 'position', 'leads',
    'team', 'managers', 'followers', 'supplier')) not valid;

-- The letter by which a message goes; what becomes of the one becomes of the other.
alter table supplier_message add column letter bigint references letter;
create unique index supplier_message_letter on supplier_message (letter) where letter is not null;

-- Whoever reads a supplier's mailbox, as the person that letters go to.
create function supplier_contact(of_address text, named text, speaking text, now timestamptz) returns bigint
    language sql volatile security definer set search_path = public, pg_temp as $$
    select id from known_person(of_address, named, speaking, null, now)
$$;
revoke execute on function supplier_contact(text, text, text, timestamptz) from public;
grant execute on function supplier_contact(text, text, text, timestamptz) to meridian_supplier;

-- Whose a conversation is: by the ticket's own identity, by that of a letter about it, or by that of an exchange.
create or replace function conversation(identity uuid) returns table (number text, requester bigint)
    language sql stable security definer set search_path = public, pg_temp as $$
    select t.number, t.requester from ticket t where t.uuid = identity
    union all
    select t.number, t.requester from letter l join ticket t on t.id = l.ticket where l.uuid = identity
    union all
    select t.number, t.requester from supplier_ticket s join ticket t on t.id = s.ticket where s.uuid = identity
$$;

-- What the mail door must know of an exchange to tell a supplier's answer, for a door that sees no ticket.
create function supplier_exchange(identity uuid)
    returns table (supplier bigint, ticket bigint, number text, subject text, their_reference text, is_open boolean)
    language sql stable security definer set search_path = public, pg_temp as $$
    select s.supplier, s.ticket, t.number, t.subject, s.their_reference, s.ended_at is null
    from supplier_ticket s join ticket t on t.id = s.ticket where s.uuid = identity
$$;
revoke execute on function supplier_exchange(uuid) from public;
grant execute on function supplier_exchange(uuid) to meridian_intake;

-- Files that came with a supplier's mail wait for the note that the supplier worker makes of it.
grant update (entry) on attachment to meridian_supplier;
