-- A deadline that could not be told is set aside and tried again from `retry_at` on: it holds nothing up and is not
-- lost.
alter table deadline
    add column failures int not null default 0 check (failures >= 0),
    add column retry_at timestamptz,
    -- Why it could not be told the last time.
    add column fault text;

-- In the order in which they are tried. Until the programs are those of this version, their claims read the table.
drop index deadline_due;
create index deadline_due on deadline (greatest(due_at, retry_at)) where fired_at is null and due_at is not null;
-- What is set aside is asked for by operators.
create index deadline_failed on deadline (retry_at) where fired_at is null and retry_at is not null;
