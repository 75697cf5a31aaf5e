-- The words of subjects, by which tickets are found. A row for each word of each ticket, and not a text index on the ticket
-- itself: that would be written at every change of the ticket, and behind row-level security it could not be used, for its
-- operators might leak. Equality of numbers cannot, so these rows are read along their index with anybody's eyes, the
-- newest ticket first, however common the word.
create table subject_word (
    word text collate "C" primary key,
    key bigint not null
);
create table ticket_word (
    word bigint not null,
    ticket bigint not null references ticket,
    primary key (word, ticket)
);

-- What joins words to addresses, paths or numbers with fractions joins nothing here: each part is found by itself.
create function subject_words(subject text) returns text[] language sql immutable parallel safe as $$
    select tsvector_to_array(to_tsvector('pg_catalog.simple', translate(subject, './\:@_-+=&?#%~', '              ')))
$$;

-- In the order of the words, so that two who bring the same ones wait for one another and not for ever.
create function keep_subject_words() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    words text[] := subject_words(new.subject);
begin
    if tg_op = 'UPDATE' then
        delete from ticket_word w where w.ticket = new.id
            and w.word = any (array(select hashtextextended(o, 0) from unnest(subject_words(old.subject)) o));
    end if;
    insert into subject_word (word, key) select n.word, hashtextextended(n.word, 0) from unnest(words) n (word)
        order by n.word collate "C" on conflict do nothing;
    insert into ticket_word (word, ticket) select hashtextextended(n.word, 0), new.id from unnest(words) n (word)
        on conflict do nothing;
    return null;
end
$$;
revoke execute on function keep_subject_words() from public;
create trigger ticket_subject after insert on ticket for each row execute function keep_subject_words();
create trigger ticket_subject_changed after update of subject on ticket for each row
    when (old.subject is distinct from new.subject) execute function keep_subject_words();

insert into subject_word (word, key)
    select distinct w, hashtextextended(w, 0) from ticket t, unnest(subject_words(t.subject)) w;
insert into ticket_word (word, ticket)
    select hashtextextended(w, 0), t.id from ticket t, unnest(subject_words(t.subject)) w on conflict do nothing;

-- The keys of the known words that begin as an asked one does, thirty at most: the words of all subjects are nobody's to
-- read, their keys tell nothing without a ticket.
create function words_beginning(asked text) returns bigint[]
    language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    -- In small letters as the words are, whatever this server takes for letters.
    beginning text := lower(asked) collate "C";
begin
    return array(select s.key from subject_word s
        where s.word >= beginning and s.word < beginning || chr(1114111) order by s.word limit 30);
end
$$;
revoke execute on function words_beginning(text) from public;

alter table ticket_word enable row level security;
alter table ticket_word force row level security;
create policy owner on ticket_word to current_user using (true) with check (true);
create policy routing on ticket_word to meridian_routing using (true) with check (true);
create policy visitor on ticket_word to meridian_intake
    using ((select true from ticket t where t.id = ticket_word.ticket limit 1));
create policy bonded on ticket_word to meridian_supplier
    using ((select true from ticket t where t.id = ticket_word.ticket limit 1));

grant select on ticket_word to meridian_intake, meridian_routing, meridian_supplier;
grant execute on function subject_words(text), words_beginning(text)
    to meridian_intake, meridian_routing, meridian_supplier;
