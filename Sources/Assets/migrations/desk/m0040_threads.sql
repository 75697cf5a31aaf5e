-- The tickets that a mail may go on with, by the mails that it answers, the nearest first, and then by the numbers in its
-- subject: for a door that sees none of them, and that goes on only for somebody whom the ticket concerns.
create function mail_thread(messages text[], numbers text[])
    returns table (id bigint, number text, requester bigint, by_number boolean)
    language sql stable security definer set search_path = public, pg_temp as $$
    select k.id, k.number, k.requester, k.by_number from (
        select t.id, t.number, t.requester, false as by_number,
            array_position(messages, m.message_id) as place
        from inbound_mail m join ticket t on t.id = m.ticket
        where m.message_id = any (messages) and m.kind in ('request', 'follow_up', 'claim')
        union all
        select t.id, t.number, t.requester, true, 1000 + array_position(numbers, t.number)
        from ticket t where t.number = any (numbers)) k
    order by k.place, k.id limit 1
$$;
revoke execute on function mail_thread(text[], text[]) from public;
grant execute on function mail_thread(text[], text[]) to meridian_intake;

-- Whether somebody follows a ticket, for the same door.
create function follows(of_ticket text, by_person bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select 1 from follower f join ticket t on t.id = f.ticket
        where t.number = of_ticket and f.person = by_person)
$$;
revoke execute on function follows(text, bigint) from public;
grant execute on function follows(text, bigint) to meridian_intake;
