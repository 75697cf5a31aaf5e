-- Of the waiting jobs of a kind no two have the same word; a claim takes it off the job.
alter table jobs.job add column waiting_word text;
create unique index job_waiting_word on jobs.job (kind, waiting_word) where waiting_word is not null;

-- Words of which only one job is left in a period, whatever becomes of it.
create table jobs.once (
    kind text not null,
    word text not null,
    -- By whom it was taken last, and until when nobody else takes it.
    taker bigint not null,
    job bigint,
    until timestamptz not null,
    primary key (kind, word)
);
create index once_until on jobs.once (until);

select jobs.share('jobs.once');
