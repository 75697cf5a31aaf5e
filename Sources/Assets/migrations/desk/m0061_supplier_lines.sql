-- How a supplier's system does, whichever worker finds it out.
create table supplier_line (
    supplier bigint primary key references supplier,
    -- Failures of the system in a row; what it refuses of one message is none.
    failures int not null default 0,
    failing_since timestamptz,
    last_error text,
    -- While this is ahead nothing is sent; the first one afterwards is a probe.
    closed_until timestamptz,
    -- Why nothing is begun until a person says otherwise.
    paused_at timestamptz,
    paused_because text,
    last_success_at timestamptz,
    -- Where the next poll begins, and when the last one was.
    poll_cursor text,
    polled_at timestamptz,
    reconciled_at timestamptz
);
grant select on supplier_line to meridian_intake, meridian_routing, meridian_reporting;
grant select, insert, update on supplier_line to meridian_supplier;
-- What a poll finds is kept as if it had come through a door.
grant insert on supplier_receipt to meridian_supplier;
grant usage on sequence supplier_receipt_id_seq to meridian_supplier;
