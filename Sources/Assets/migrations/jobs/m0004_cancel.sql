-- Why a running job was cancelled. Whoever cancels it also gives it another token, so that what its attempt changes can
-- no longer be committed; the worker, or whoever finds it lost, ends the job.
alter table jobs.job add column cancelled text;
