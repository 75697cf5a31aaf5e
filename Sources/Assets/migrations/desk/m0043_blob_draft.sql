-- Bytes that still arrive: they are kept piece by piece under a key that stands for no bytes, so that an upload of any
-- length needs the memory of one piece, and no transaction waits for a slow sender. What is cut off stays a draft, which
-- nobody sees and the gateways sweep.
create table blob_draft (
    key bytea primary key references blob on delete cascade,
    begun_at timestamptz not null
);
create index blob_draft_begun on blob_draft (begun_at);
grant select, insert on blob_draft to meridian_intake;

-- Gives the bytes of a draft their digest as their name, unless they are kept under it already. Runs as the owner: whoever
-- takes files in may add bytes and change none.
create function settle_blob(draft bytea, digest bytea, length bigint) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    added int;
begin
    delete from blob_draft d where d.key = draft;
    if not found then
        raise exception 'the draft of an upload is gone' using errcode = 'no_data_found';
    end if;
    insert into blob (sha256, size) values (digest, length) on conflict do nothing;
    get diagnostics added = row_count;
    if added = 1 then
        update blob_chunk c set sha256 = digest where c.sha256 = draft;
    else
        delete from blob_chunk c where c.sha256 = draft;
    end if;
    delete from blob b where b.sha256 = draft;
end $$;
revoke execute on function settle_blob(bytea, bytea, bigint) from public;
grant execute on function settle_blob(bytea, bytea, bigint) to meridian_intake;

-- Removes drafts that were begun before a moment, or one of them by its key, and returns how many there were. One that is
-- just being settled is left alone.
create function drop_blob_drafts(before timestamptz, one bytea, most int) returns int
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    gone bytea[];
begin
    gone := array(
        select d.key from blob_draft d
        where d.begun_at < before and (one is null or d.key = one)
        order by d.begun_at limit most for update skip locked);
    delete from blob_draft d where d.key = any (gone);
    delete from blob_chunk c where c.sha256 = any (gone);
    delete from blob b where b.sha256 = any (gone);
    return cardinality(gone);
end $$;
revoke execute on function drop_blob_drafts(timestamptz, bytea, int) from public;
grant execute on function drop_blob_drafts(timestamptz, bytea, int) to meridian_intake;
