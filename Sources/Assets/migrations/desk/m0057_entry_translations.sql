-- The words of an entry that was written in several languages at once: {"en": "...", "sv": "..."}, null for most. Its
-- text is one of them.
alter table entry add column translations jsonb;
