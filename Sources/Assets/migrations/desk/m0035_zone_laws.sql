-- What the clocks of a zone do, as a number that is the same on every machine whose database says the same; the latest
-- is in force.
create table zone_law (
    zone text not null,
    law bigint not null,
    since timestamptz not null,
    primary key (zone, law)
);
grant select, insert on zone_law to meridian_routing;
