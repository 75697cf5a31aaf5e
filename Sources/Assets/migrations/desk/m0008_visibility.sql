-- The second lock. Who acts is set for the length of a transaction:
--   meridian.scopes     the scopes whose tickets an agent, a token or a supplier sees, as 1,2,3
--   meridian.requester  the person who sees the tickets he asked for himself
-- Nothing set, nothing seen. The workers act for the desk itself and see what their work needs.

-- The one place that writes who sees a ticket. It takes the whole set, so that what was granted before ends with it.
create function set_ticket_access(ticket_id bigint, scopes bigint[]) returns void
    language sql security definer set search_path = public, pg_temp as $$
    delete from ticket_access a where a.ticket = ticket_id and a.scope <> all (scopes);
    insert into ticket_access (ticket, scope) select ticket_id, s from unnest(scopes) s on conflict do nothing;
$$;
revoke execute on function set_ticket_access(bigint, bigint[]) from public;

do $$
declare
    guarded text[] := array['ticket', 'ticket_access', 'entry', 'attachment', 'blob', 'blob_chunk', 'event', 'leg', 'clock',
        'clock_segment', 'deadline', 'supplier_ticket', 'supplier_message', 'supplier_receipt', 'inbound_mail', 'letter', 'delivery'];
    -- How a row hangs on a ticket, for all but the ticket itself and the rows that arrive before there is one.
    hung text[][] := array[
        ['entry', '(select true from ticket t where t.id = entry.ticket limit 1)'],
        ['attachment', '(select true from ticket t where t.id = attachment.ticket limit 1)'],
        ['blob', '(select true from attachment a where a.sha256 = blob.sha256 limit 1)
            or (select true from inbound_mail m where m.original = blob.sha256 limit 1)'],
        ['blob_chunk', '(select true from blob b where b.sha256 = blob_chunk.sha256 limit 1)'],
        ['event', '(select true from ticket t where t.id = event.ticket limit 1)'],
        ['leg', '(select true from ticket t where t.id = leg.ticket limit 1)'],
        ['clock', '(select true from ticket t where t.id = clock.ticket limit 1)'],
        ['clock_segment', '(select true from clock c where c.id = clock_segment.clock limit 1)'],
        ['deadline', '(select true from clock c where c.id = deadline.clock limit 1)'],
        ['supplier_ticket', '(select true from ticket t where t.id = supplier_ticket.ticket limit 1)'],
        ['supplier_message', '(select true from supplier_ticket s where s.id = supplier_message.supplier_ticket limit 1)'],
        ['inbound_mail', '(select true from ticket t where t.id = inbound_mail.ticket limit 1)'],
        ['letter', '(select true from ticket t where t.id = letter.ticket limit 1)'],
        ['delivery', '(select true from letter l where l.id = delivery.letter limit 1)']];
    of_scopes text := 'any ((select string_to_array(nullif(current_setting(''meridian.scopes'', true), ''''), '','')::bigint[])::bigint[])';
    name text;
    rule text[];
begin
    -- A scalar subquery and not EXISTS: the planner may hash an EXISTS, and then reads every ticket a visitor can see for a
    -- page of fifty (7.5 ms against 0.2 ms with 30,000 visible tickets, growing with them).
    foreach name in array guarded loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        -- The owner, who migrates and runs deskctl, sees everything; a superuser does in any case.
        execute format('create policy owner on %I to current_user using (true) with check (true)', name);
        execute format('create policy routing on %I to meridian_routing using (true) with check (true)', name);
        -- A row that comes in has no ticket yet by which it could be seen.
        execute format('create policy arrival on %I for insert to meridian_intake, meridian_supplier with check (true)', name);
    end loop;

    execute format('create policy visitor on ticket to meridian_intake using (
        requester = (select nullif(current_setting(''meridian.requester'', true), '''')::bigint)
        or (select true from ticket_access a where a.ticket = ticket.id and a.scope = %s limit 1)) with check (true)', of_scopes);
    execute format('create policy visitor on ticket_access for select to meridian_intake using (scope = %s)', of_scopes);
    create policy bonded on ticket to meridian_supplier
        using ((select true from supplier_ticket s where s.ticket = ticket.id limit 1));
    create policy bonded on supplier_ticket to meridian_supplier using (true);
    create policy bonded on supplier_receipt to meridian_supplier using (true);
    create policy figures on event for select to meridian_reporting using (true);

    foreach rule slice 1 in array hung loop
        execute format('create policy visitor on %I to meridian_intake using (%s)', rule[1], rule[2]);
        if rule[1] not in ('supplier_ticket') then
            execute format('create policy bonded on %I to meridian_supplier using (%s)', rule[1], rule[2]);
        end if;
    end loop;
end
$$;
