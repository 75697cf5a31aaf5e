-- Hands what a visitor has written and not sent to whom he turns out to be. Runs as the owner, because nobody else may
-- give a draft away; it gives away those of the visitor who is set for the transaction, and of nobody else.
create function hand_over_request_drafts(receiver bytea) returns int
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    giver bytea := decode(nullif(current_setting('meridian.visitor', true), ''), 'hex');
    handed int;
begin
    update request_draft set visitor = receiver where visitor = giver and place is null;
    get diagnostics handed = row_count;
    return handed;
end $$;
revoke execute on function hand_over_request_drafts(bytea) from public;
grant execute on function hand_over_request_drafts(bytea) to meridian_intake, meridian_reporting;
