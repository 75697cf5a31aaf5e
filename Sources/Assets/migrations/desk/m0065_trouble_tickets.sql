-- A token of a supplier's, with which its system reads and changes what the supplier has from us; null for one of the API.
alter table api_token add column supplier bigint references supplier;

-- What a supplier had from us stays known to it when its part in the ticket is over: the exchange, and not the ticket.
create policy held on supplier_ticket for select to meridian_intake using ((
    select true from scope s where s.kind = 'supplier' and s.subject = supplier_ticket.supplier and s.id = any ((
        select string_to_array(nullif(current_setting('meridian.scopes', true), ''), ',')::bigint[])::bigint[]) limit 1));
