-- The sites whose desks got the same enquiry as the one that received the ticket; they see it too.
alter table ticket add column listeners bigint[] not null default '{}';

-- Each way by which an enquiry came in, so that the same one is known again at another door. Nothing here can be read:
-- messages and words stand as digests.
create table enquiry (
    id bigint generated always as identity primary key,
    ticket bigint not null references ticket,
    -- The ticket of which it was an answer.
    answers bigint references ticket,
    -- The address, or the channel, to which it came.
    door text not null,
    -- Of its Message-ID and its author; null where it was no mail.
    message bytea check (length(message) = 32),
    -- Of its author and its words; null of an answer, which says the same in every conversation.
    content bytea check (length(content) = 32),
    at timestamptz not null,
    check (message is not null or content is not null)
);
create index enquiry_message on enquiry (message) where message is not null;
create index enquiry_content on enquiry (content, at) where content is not null;
create index enquiry_ticket on enquiry (ticket);
create index enquiry_answers on enquiry (answers) where answers is not null;

-- The tickets that may be the same enquiry, for a door that sees none of them: those of the same message first, the
-- oldest before all others; then those with the same words that came in since an instant, the newest first. Whoever asks
-- has locked the message and the words.
create function same_enquiry(of_message bytea, of_content bytea, at_door text, since timestamptz)
    returns table (ticket bigint, requester bigint, answers bigint, by_message boolean, same_words boolean,
        here boolean)
    language sql stable security definer set search_path = public, pg_temp as $$
    select k.ticket, t.requester, k.answers, k.by_message, k.same_words, k.here
    from (
        select e.ticket, e.answers, true as by_message, coalesce(bool_or(e.content = of_content), true) as same_words,
            bool_or(e.door = at_door) as here, min(e.id) as place
        from enquiry e where e.message = of_message group by e.ticket, e.answers
        union all
        select e.ticket, null, false, true, bool_or(e.door = at_door), -max(e.id)
        from enquiry e where e.content = of_content and e.at > since group by e.ticket) k
    join ticket t on t.id = k.ticket
    order by k.by_message desc, k.place
$$;
revoke execute on function same_enquiry(bytea, bytea, text, timestamptz) from public;

do $$
begin
    execute 'alter table enquiry enable row level security';
    execute 'alter table enquiry force row level security';
    execute 'create policy owner on enquiry to current_user using (true) with check (true)';
end
$$;
create policy arrival on enquiry for insert to meridian_intake with check (true);
grant insert on enquiry to meridian_intake;
grant execute on function same_enquiry(bytea, bytea, text, timestamptz) to meridian_intake;

-- Mail that somebody has to look at before a ticket is made of it, because too much came from one address.
alter table inbound_mail drop constraint inbound_mail_kind_check;
alter table inbound_mail add constraint inbound_mail_kind_check check (kind in ('request', 'follow_up', 'bounce',
    'feedback', 'auto_reply', 'claim', 'duplicate', 'unreadable', 'parked')) not valid;

-- How much mail is parked and since when, for the pages of those who look after the desk; the mails themselves are no
-- door's to read.
create function parked_mail() returns table (count bigint, since timestamptz)
    language sql stable security definer set search_path = public, pg_temp as $$
    select count(*), min(m.received_at) from (
        select p.received_at from inbound_mail p where p.kind = 'parked' order by p.received_at, p.id limit 100) m
$$;
revoke execute on function parked_mail() from public;
grant execute on function parked_mail() to meridian_intake;
