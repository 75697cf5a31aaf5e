-- What is known of an exchange beside the desk's own state of it. Neither side overwrites what the other says.
alter table supplier_ticket
    -- What the supplier's system knows its ticket by.
    add column remote text,
    add column their_state text,
    add column their_priority text,
    add column their_severity text,
    -- What the supplier was last told.
    add column told_priority int,
    add column last_sent_at timestamptz,
    add column last_heard_at timestamptz,
    -- Since when messages of this exchange do not get through; null while they do.
    add column failing_since timestamptz;
create index supplier_ticket_remote on supplier_ticket (supplier, remote) where remote is not null;
create index supplier_ticket_reference on supplier_ticket (supplier, their_reference) where their_reference is not null;

alter table supplier_message
    -- What was said at the last attempt and what was answered, without secrets.
    add column wire_sent text,
    add column wire_received text,
    -- Since when it waits for a person; those behind it in the exchange wait with it.
    add column parked_at timestamptz;
alter table supplier_message drop constraint supplier_message_kind_check;
alter table supplier_message add constraint supplier_message_kind_check check (kind in ('referral',
    'answer', 'withdrawal', 'question', 'note', 'change', 'reopening', 'closure'));
create index supplier_message_parked on supplier_message (parked_at) where parked_at is not null;

-- What their system names the things that we wrote there: what comes back under such a name is our own.
create table supplier_written (
    supplier_ticket bigint not null references supplier_ticket,
    item text not null,
    written_at timestamptz not null,
    primary key (supplier_ticket, item)
);
alter table supplier_written enable row level security;
alter table supplier_written force row level security;
create policy owner on supplier_written to current_user using (true) with check (true);
create policy arrival on supplier_written for insert to meridian_supplier with check (true);
create policy bonded on supplier_written for select to meridian_supplier
    using ((select true from supplier_ticket s where s.id = supplier_written.supplier_ticket limit 1));
grant select, insert on supplier_written to meridian_supplier;
