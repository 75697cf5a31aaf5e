-- Two people who look like one and are two, as somebody has said: the offer to merge them does not come again. Each pair
-- stands in both orders, so that either is found by its key, and so that a merge, which moves whoever is named, leaves
-- nothing behind that says it the other way round.
create table namesake (
    person bigint not null references person,
    other bigint not null references person,
    at timestamptz not null,
    primary key (person, other)
);
create index namesake_other on namesake (other);
grant select, insert on namesake to meridian_intake;

-- How many notices wait for their reader stands in the head of every page, also of those that tell figures.
create policy reader on notice for select to meridian_reporting
    using (person = (select nullif(current_setting('meridian.requester', true), '')::bigint));
grant select on notice to meridian_reporting;
