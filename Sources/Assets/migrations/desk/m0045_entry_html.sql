-- What a mail looks like beside what it says: its HTML made safe, null where it has none, and the stretches of its text
-- that are folded: [{"kind": "quote", "start": 120, "end": 480}], in bytes of the text in UTF-8, null where there are none.
alter table entry
    add column html text,
    add column folds jsonb;
