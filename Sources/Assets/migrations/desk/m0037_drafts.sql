-- Requests that are not sent yet: what somebody wrote on the portal, with the files that his browser cannot keep while he
-- reads what may already answer it. Kept for a day. Who reads is set for the length of a transaction as meridian.visitor.
create table request_draft (
    uuid uuid primary key,
    -- A digest that says whose browser it is, or which person has signed in; nobody else gets it back.
    visitor bytea not null check (length(visitor) = 32),
    fields text not null,
    at timestamptz not null,
    -- Where the ticket is seen that it became; nil until it is sent.
    place text
);
create index request_draft_visitor on request_draft (visitor, at) where place is null;
create index request_draft_at on request_draft (at);

-- A file of a draft: its bytes are those of an upload that no ticket has taken yet, and cannot go while the draft has them.
create table request_draft_file (
    id bigint generated always as identity primary key,
    draft uuid not null references request_draft,
    name text not null,
    type text not null,
    size bigint not null,
    sha256 bytea not null check (length(sha256) = 32),
    bytes bytea not null unique references blob_draft
);
create index request_draft_file_draft on request_draft_file (draft);

do $$
declare
    name text;
begin
    foreach name in array array['request_draft', 'request_draft_file'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy owner on %I to current_user using (true) with check (true)', name);
    end loop;
end
$$;
create policy visitor on request_draft to meridian_intake
    using (visitor = (select decode(nullif(current_setting('meridian.visitor', true), ''), 'hex')));
create policy visitor on request_draft_file to meridian_intake
    using ((select true from request_draft d where d.uuid = request_draft_file.draft limit 1));
grant select, insert, update (fields, at, place), delete on request_draft to meridian_intake;
grant select, insert, delete on request_draft_file to meridian_intake;

-- Removes uploads that nobody took and that were begun before a moment, or one of them by its key, and returns how many
-- there were. One that is just being taken is left alone, and so is what a draft of a request holds.
create or replace function drop_blob_drafts(before timestamptz, one bytea, most int) returns int
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    gone bytea[];
begin
    gone := array(
        select d.key from blob_draft d
        where d.begun_at < before and (one is null or d.key = one)
            and not exists (select from request_draft_file f where f.bytes = d.key)
        order by d.begun_at limit most for update skip locked);
    delete from blob_draft d where d.key = any (gone);
    delete from blob_chunk c where c.sha256 = any (gone);
    delete from blob b where b.sha256 = any (gone);
    return cardinality(gone);
end $$;

-- Removes requests that were kept before a moment, with the bytes of their files, and returns how many there were. One that
-- is just being sent is left alone. Runs as the owner: whoever sweeps sees no draft of anybody.
create function drop_request_drafts(before timestamptz, most int) returns int
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    gone uuid[];
    left_over bytea[];
begin
    gone := array(select d.uuid from request_draft d where d.at < before order by d.at limit most for update skip locked);
    with file as (delete from request_draft_file f where f.draft = any (gone) returning f.bytes)
    select array_agg(file.bytes) into left_over from file;
    perform drop_blob_drafts('infinity', key, 1) from unnest(left_over) key;
    delete from request_draft d where d.uuid = any (gone);
    return cardinality(gone);
end $$;
revoke execute on function drop_request_drafts(timestamptz, int) from public;
grant execute on function drop_request_drafts(timestamptz, int) to meridian_intake;
