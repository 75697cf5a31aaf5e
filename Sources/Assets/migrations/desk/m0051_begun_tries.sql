-- Since when a mail is on its way of which nobody has written down yet whether the server took it. Where that stays, the
-- one who sent it has not come back, and nobody knows. A row in which nothing else stands was not tried.
alter table delivery
    add column begun_at timestamptz,
    add check (begun_at is null or sent_at is null and refused is null);
