-- The bond with a supplier over one ticket: both references and both states.
create table supplier_ticket (
    id bigint generated always as identity primary key,
    uuid uuid not null unique,
    ticket bigint not null references ticket,
    supplier bigint not null references supplier,
    their_reference text,
    state text not null check (state in ('sent', 'acknowledged', 'in_progress', 'waiting_for_us', 'resolved', 'rejected',
        'withdrawn')),
    opened_at timestamptz not null,
    acknowledged_at timestamptz,
    ended_at timestamptz
);
create unique index supplier_ticket_open on supplier_ticket (ticket, supplier) where ended_at is null;
create index supplier_ticket_supplier on supplier_ticket (supplier, id desc);

-- What we have to tell a supplier, in order within the bond; the uuid is the message's idempotency key.
create table supplier_message (
    id bigint generated always as identity primary key,
    uuid uuid not null unique,
    supplier_ticket bigint not null references supplier_ticket,
    sequence int not null,
    type text not null,
    body text not null,
    created_at timestamptz not null,
    attempts int not null default 0,
    sent_at timestamptz,
    last_error text,
    unique (supplier_ticket, sequence)
);

-- What a supplier told us, as it came. A message with an id that has been seen is not taken twice.
create table supplier_receipt (
    id bigint generated always as identity primary key,
    supplier bigint not null references supplier,
    message_id text not null,
    received_at timestamptz not null,
    body text not null,
    handled_at timestamptz,
    result text,
    unique (supplier, message_id)
);
