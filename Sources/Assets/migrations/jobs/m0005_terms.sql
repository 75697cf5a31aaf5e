-- No attempt begins after the deadline; a job that has one and has not ended by then is expired.
-- A job that blocks its key keeps its turn when it dies, so that the others wait until a person retries or cancels it.
alter table jobs.job add column deadline timestamptz, add column blocks_key boolean not null default false;

create index job_deadline on jobs.job (deadline) where deadline is not null;
create index job_blocking on jobs.job (key) where state = 'dead' and turn is not null;

-- What stands there is not looked at: fewer words were allowed before.
alter table jobs.finished drop constraint finished_outcome_check,
    add constraint finished_outcome_check check (outcome in ('done', 'discarded', 'cancelled', 'expired')) not valid;
