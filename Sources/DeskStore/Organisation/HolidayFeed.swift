public import Desk
import JSON
public import Moments
public import Postgres
public import TimeZones

/// The feed of a calendar as it is kept.
public struct HolidayFeed: Sendable {
    /// The code of the calendar.
    public let calendar: String
    public let url: String
    /// The days of the last good answer.
    public let days: [CivilDate]
    public let entityTag: String?
    public let lastModified: String?
    /// When the days were last confirmed or replaced.
    public let goodAt: Moment?
    public let checkedAt: Moment?
    /// What was wrong with the last answer; nil where it was good.
    public let fault: String?
}

extension HolidayFeed: PostgresRow {
    public static var columns: String {
        "calendar, url, days::text[], etag, last_modified, good_at, checked_at, fault"
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        let (calendar, url): (String, String) = (try row.read(), try row.read())
        let days: [String] = try row.read()
        self.init(
            calendar: calendar, url: url, days: days.compactMap { CivilDate($0) }, entityTag: try row.read(),
            lastModified: try row.read(), goodAt: try row.read(), checkedAt: try row.read(), fault: try row.read())
    }
}

/// What an answer of a feed leads to.
public struct HolidayAnswer: Sendable {
    /// The days that it names.
    public var days: [CivilDate]
    public var entityTag: String?
    public var lastModified: String?
    /// What of it was not understood, for those who are told.
    public var remark: String?

    public init(days: [CivilDate], entityTag: String? = nil, lastModified: String? = nil, remark: String? = nil) {
        (self.days, self.entityTag, self.lastModified, self.remark) = (days, entityTag, lastModified, remark)
    }
}

extension DeskStore {
    /// Claims one feed that is due, for as long as fetching may take; nil if none is. Any number of programs may ask.
    public func claimHolidayFeed(for lease: Duration) async throws -> HolidayFeed? {
        let now = now
        return try await database.first(
            Query<HolidayFeed>(
                """
                update holiday_feed set due_at = \(now + lease)
                where calendar = (select calendar from holiday_feed where due_at <= \(now)
                    order by due_at, calendar limit 1 for update skip locked)
                returning \(columns: HolidayFeed.self)
                """))
    }

    /// All feeds, by the code of their calendar.
    public func holidayFeeds() async throws -> [HolidayFeed] {
        try await database.all(
            Query<HolidayFeed>("select \(columns: HolidayFeed.self) from holiday_feed order by calendar"))
    }

    /// Remembers that a feed has not changed.
    public func confirm(_ feed: HolidayFeed, next: Moment) async throws {
        try await database.run(
            """
            update holiday_feed set good_at = \(now), checked_at = \(now), fault = null, due_at = \(next)
            where calendar = \(feed.calendar) and url = \(feed.url)
            """)
    }

    /// Remembers what was wrong with a feed's answer. Its calendar stays as it is.
    public func refuse(_ feed: HolidayFeed, because fault: String, next: Moment) async throws {
        try await database.run(
            """
            update holiday_feed set checked_at = \(now), fault = \(fault), due_at = \(next)
            where calendar = \(feed.calendar) and url = \(feed.url)
            """)
    }

    /// Takes the days of a feed's answer if they may take the place of the last good ones: a version of the calendar
    /// that counts from now on. What has been counted is not counted anew.
    public func take(_ answer: HolidayAnswer, of feed: HolidayFeed, next: Moment) async throws -> HolidayFeedVerdict {
        try await transaction { (transaction: borrowing Transaction) in
            try await transaction.lockOrganisation()
            let now = now
            let directory = try await directory(using: transaction)
            // The document may have named another feed while this one was fetched.
            let kept = try await transaction.first(
                Query<HolidayFeed>(
                    """
                    select \(columns: HolidayFeed.self) from holiday_feed
                    where calendar = \(feed.calendar) and url = \(feed.url) for update
                    """))
            guard let kept, let definition = directory.organisation.calendars[feed.calendar] else { return .same }
            let today = try zones.zone(definition.zone).local(at: now).date
            let verdict = HolidayFeedVerdict(days: answer.days, last: kept.days, today: today)
            var fault = answer.remark
            switch verdict {
            case .kept(let reason): fault = reason
            case .same: break
            case .taken(_, let gone):
                // Days that have passed stay: an old version is not the only one that knows them.
                let days = Set(kept.days).subtracting(gone).union(answer.days).sorted()
                try await transaction.run(
                    """
                    update holiday_feed set days = \(days.map(\.description))::text[]::date[]
                    where calendar = \(feed.calendar)
                    """)
                let counting = definition.counting(feed: days)
                try await transaction.run(
                    """
                    select take_holidays(\(feed.calendar), \(now), \(counting.zone), \(counting.json.text),
                        \("the holiday feed of \(feed.calendar)"))
                    """)
                try await transaction.leaveTerms()
            }
            try await transaction.run(
                """
                update holiday_feed set checked_at = \(now), fault = \(fault), due_at = \(next)
                where calendar = \(feed.calendar)
                """)
            // The server may be told of an answer only where the answer is in force.
            if case .kept = verdict { return verdict }
            try await transaction.run(
                """
                update holiday_feed set good_at = \(now), etag = \(answer.entityTag),
                    last_modified = \(answer.lastModified)
                where calendar = \(feed.calendar)
                """)
            return verdict
        }
    }
}

extension Transaction {
    /// The feeds that the document names, and none that it does not. A feed at another address is asked at once; until
    /// it has answered, the days of the former one hold.
    borrowing func write(feeds organisation: Organisation, at now: Moment) async throws {
        let feeds = organisation.calendars.compactMap { code, calendar in calendar.holidayFeed.map { (code, $0) } }
        try await run("delete from holiday_feed where calendar <> all (\(feeds.map(\.0)))")
        for (calendar, url) in feeds {
            try await run(
                """
                insert into holiday_feed as feed (calendar, url, due_at) values (\(calendar), \(url), \(now))
                on conflict (calendar) do update
                    set url = excluded.url, etag = null, last_modified = null, fault = null, due_at = excluded.due_at
                    where feed.url <> excluded.url
                """)
        }
    }

    /// The days that feeds have added to calendars, by the calendar's code.
    borrowing func feedDays() async throws -> [String: [CivilDate]] {
        let rows = try await all("select calendar, days::text[] from holiday_feed", as: (String, [String]).self)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.0, $0.1.compactMap { CivilDate($0) }) })
    }
}
