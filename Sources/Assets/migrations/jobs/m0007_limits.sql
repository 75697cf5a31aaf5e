-- A group of a queue's jobs, such as those for one supplier, waits in lanes of its own: the name of its queue is
-- `queue/group`. What is limited is a queue or such a group, at all sites together.
create table jobs.limits (
    queue text primary key check (queue <> ''),
    at_once int check (at_once > 0),
    per_span int check (per_span > 0),
    span interval check (span > interval '0'),
    check ((per_span is null) = (span is null)),
    check (at_once is not null or per_span is not null)
);

-- The attempts that were begun within a limit. One runs for as long as its job has the token: so what ends, however it
-- ends, makes room without saying so.
create table jobs.start (
    queue text not null,
    job bigint not null,
    token bigint not null,
    at timestamptz not null
);
create index start_at on jobs.start (queue, at);
create index start_job on jobs.start (job);

select jobs.share('jobs.limits');
select jobs.share('jobs.start');
