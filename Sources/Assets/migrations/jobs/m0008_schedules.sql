-- The last tick of each schedule for which a job was left; whoever moves it on leaves the job in the same transaction.
create table jobs.schedule (
    name text primary key,
    last timestamptz not null
);

select jobs.share('jobs.schedule');
