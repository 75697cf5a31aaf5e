-- The address at which a supplier's system was asked to tell us of news, so that it is asked once.
alter table supplier_line add column listener text;

-- The addresses at which suppliers' systems want to be told of what happens to the tickets that they have from us.
create table supplier_listener (
    id uuid primary key,
    supplier bigint not null references supplier,
    callback text not null check (length(callback) <= 2000),
    -- As it was sent; and which events it means, all if null.
    query text not null,
    kinds text[],
    version text not null check (version in ('v4', 'v5')),
    created_at timestamptz not null
);
create unique index supplier_listener_callback on supplier_listener (supplier, callback);
grant select, insert, delete on supplier_listener to meridian_intake;
grant select, delete on supplier_listener to meridian_supplier;
