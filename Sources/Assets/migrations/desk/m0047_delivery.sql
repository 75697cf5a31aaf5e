-- How far the sending of one mail to one person has come: each recipient of a letter has times of his own.
alter table delivery
    add column tries integer not null default 0 check (tries >= 0),
    add column first_tried_at timestamptz,
    -- When it is tried again, where the server refused it for now or did not say whether it took it.
    add column next_try_at timestamptz,
    -- What the server said last, where it did not just take the mail.
    add column reply text,
    -- Whether a server may have taken it without saying so.
    add column is_unsure boolean not null default false,
    add check (next_try_at is null or sent_at is null and refused is null);
create index delivery_waiting on delivery (next_try_at) where next_try_at is not null;

-- A server may say at once that nobody has an address.
grant update (undeliverable_since) on person_address to meridian_routing;

-- Why mail does not go out, while the server for it cannot be reached or does not take ours. One row, or none.
create table smarthost_trouble (
    id boolean primary key default true check (id),
    since timestamptz not null,
    at timestamptz not null,
    reason text not null
);
grant select, insert, update, delete on smarthost_trouble to meridian_routing;
