-- Who sees which mail, for the list of all of it: as ticket_access, once more for each mail of a ticket, in the order of the
-- list. By what comes to a large desk somebody who sees next to none of it would be led past all the rest. Mail of which no
-- ticket knows has the scope 0. The policies of inbound_mail decide as before: what stands here is where to look.
create table mail_access (
    scope bigint not null,
    kind text not null,
    received_at timestamptz not null,
    mail bigint not null,
    primary key (scope, kind, received_at, mail)
);
alter table mail_access enable row level security;
alter table mail_access force row level security;
create policy owner on mail_access to current_user using (true) with check (true);
create policy visitor on mail_access for select to meridian_intake using (
    scope = any ((select string_to_array(nullif(current_setting('meridian.scopes', true), ''), ',')::bigint[])::bigint[])
    or (scope = 0 and (select current_setting('meridian.mail', true)) = 'all'));
grant select on mail_access to meridian_intake;

-- Whoever keeps a mail of a ticket and whoever changes who sees it wait for one another: neither would see what the other
-- is about to write.
create function keep_mail_access() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if tg_op <> 'INSERT' then
        delete from mail_access a where a.kind = old.kind and a.received_at = old.received_at and a.mail = old.id
            and a.scope = any (array(select t.scope from ticket_access t where t.ticket = old.ticket) || 0::bigint);
    end if;
    if tg_op = 'DELETE' then return null; end if;
    if new.ticket is null then
        insert into mail_access values (0, new.kind, new.received_at, new.id) on conflict do nothing;
        return null;
    end if;
    perform pg_advisory_xact_lock_shared(hashtextextended('meridian.mail_access', new.ticket));
    insert into mail_access select t.scope, new.kind, new.received_at, new.id
        from ticket_access t where t.ticket = new.ticket on conflict do nothing;
    return null;
end
$$;
revoke execute on function keep_mail_access() from public;
create trigger mail_arrived after insert or delete on inbound_mail for each row execute function keep_mail_access();
create trigger mail_sorted after update of kind, ticket on inbound_mail for each row
    when ((old.kind, old.ticket) is distinct from (new.kind, new.ticket)) execute function keep_mail_access();

create function set_ticket_scopes(ticket_id bigint, scopes bigint[]) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    gone bigint[];
    come bigint[];
begin
    with d as (delete from ticket_access a where a.ticket = ticket_id and a.scope <> all (scopes) returning a.scope)
        select array_agg(d.scope) into gone from d;
    with i as (insert into ticket_access as a (ticket, scope) select ticket_id, s from unnest(scopes) s
        on conflict do nothing returning a.scope)
        select array_agg(i.scope) into come from i;
    if gone is null and come is null then return; end if;
    perform pg_advisory_xact_lock(hashtextextended('meridian.mail_access', ticket_id));
    delete from mail_access a using inbound_mail m where m.ticket = ticket_id
        and a.scope = any (gone) and a.kind = m.kind and a.received_at = m.received_at and a.mail = m.id;
    insert into mail_access select s, m.kind, m.received_at, m.id from inbound_mail m, unnest(come) s
        where m.ticket = ticket_id on conflict do nothing;
end
$$;
revoke execute on function set_ticket_scopes(bigint, bigint[]) from public;

create or replace function set_ticket_access(ticket_id bigint, scopes bigint[]) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform set_ticket_scopes(ticket_id, scopes);
end
$$;

create or replace function set_ticket_access(ticket_id bigint, scopes bigint[], confidential boolean) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if (select m.confidential from ticket t join team m on m.id = t.team where t.id = ticket_id)
        is distinct from set_ticket_access.confidential
    then
        raise exception 'who may see the tickets of the team of ticket % has changed meanwhile', ticket_id
            using errcode = 'serialization_failure';
    end if;
    perform set_ticket_scopes(ticket_id, scopes);
end
$$;
