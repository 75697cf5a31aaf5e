-- What is known of an attempt when its worker is lost. Null: no worker has been lost with the job. Otherwise its
-- attempts begin only when the token of their claim has been written here, so that the loss counts if the two are the
-- same, and does not if the job was only held in reserve. Tokens are random, so none comes twice.
alter table jobs.job add column begun bigint;
