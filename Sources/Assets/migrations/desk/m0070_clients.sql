-- Another desk may give us tickets, as we give some to suppliers: the same bond, the other way round.
alter table ticket
    -- The desk that gave it to us and speaks for its requester; null where he came himself.
    add column client bigint references supplier;

alter table supplier_ticket
    -- Whether the supplier is a desk that gave us the ticket, and we are the one that serves.
    add column serves boolean not null default false,
    -- Whether it asked the requester and has no answer yet.
    add column asks_requester boolean not null default false;

-- What such a desk is told stands among the messages.
alter table supplier_message drop constraint supplier_message_kind_check;
-- Not valid, since every row there is was held to the narrower one: the table need not be read.
alter table supplier_message add constraint supplier_message_kind_check check (kind in ('referral', 'answer',
    'withdrawal', 'question', 'note', 'change', 'reopening', 'closure', 'acknowledged', 'noted', 'asked', 'progress',
    'hold', 'resolved', 'returned')) not valid;

-- The supplier worker opens the tickets that another desk gives us. It makes people known by this one function, and may
-- touch them in no other way.
alter function person_writing(text, text, text, bigint, timestamptz) security definer;
grant execute on function person_writing(text, text, text, bigint, timestamptz), next_ticket_sequence(bigint)
    to meridian_supplier;
