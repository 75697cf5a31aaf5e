-- Feeds that calendars take holidays from, and what the last good answer of each one was. A row is claimed by moving its
-- due time, so any copy of the routing worker may fetch and none has to.
create table holiday_feed (
    calendar text primary key,
    url text not null,
    -- The days of the last answer that was taken, none before the first; never those of an answer that was not.
    days date[] not null default '{}',
    -- What the server wants to hear when it is asked again.
    etag text,
    last_modified text,
    -- When the days were last confirmed or replaced.
    good_at timestamptz,
    checked_at timestamptz,
    -- What was wrong with the last answer; null where it was good.
    fault text,
    due_at timestamptz not null
);
create index holiday_feed_due on holiday_feed (due_at);

grant select on holiday_feed to meridian_intake, meridian_supplier, meridian_reporting;
grant select, update on holiday_feed to meridian_routing;

-- Puts a calendar with other holidays in force, from a moment on. The organisation's document stays as it is and comes
-- again as its next version, so that everybody reads anew and the record says who did it.
create function take_holidays(code text, valid_from timestamptz, zone text, definition text, author text) returns void
    language sql security definer set search_path = public, pg_temp as $$
    -- Two versions in one microsecond are in force one after the other.
    insert into calendar_version (calendar, valid_from, zone, definition)
        select $1, greatest($2, max(valid_from) + interval '1 microsecond'), $3, $4
        from calendar_version where calendar = $1;
    insert into organisation (applied_at, applied_by, document)
        select $2, $5, document from organisation order by version desc limit 1;
$$;
revoke execute on function take_holidays(text, timestamptz, text, text, text) from public;
grant execute on function take_holidays(text, timestamptz, text, text, text) to meridian_routing;
