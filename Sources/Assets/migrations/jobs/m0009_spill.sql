-- Whether workers of other sites may take jobs of a queue at a site ('*' for all sites), and after how long; not at all
-- if null. A site's own rule goes before that for all sites, and a group's before its queue's. Without a rule jobs stay
-- at their site.
create table jobs.spill (
    queue text not null check (queue <> ''),
    site text not null check (site <> ''),
    after interval check (after >= interval '0'),
    primary key (queue, site)
);

select jobs.share('jobs.spill');
