-- What a person works on, for the day on which he leaves.
create index ticket_person_open on ticket (person, id) where state <> 'closed' and person is not null;
create index person_left on person (id) where left_at is not null;
