-- An answer is given again as it was: with the version of the ticket that it told of, and with its type, by which a refusal
-- is known. What was kept before has neither.
alter table idempotency add column tag text, add column type text;
