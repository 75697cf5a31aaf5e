import Desk
import DeskStore
import Moments
import Postgres
import Routing
import SeedTestSupport
import TimeZones

/// Calendars take holidays from feeds, which change and break.
extension Simulation {
    /// Whoever keeps a feed changes it.
    func editFeed() throws {
        guard let code = try feedCodes().randomElement(using: &random) else { return }
        try publish(code)
        deeds["feed: edited", default: 0] += 1
    }

    private func feedCodes() throws -> [String] {
        guard let organisation = documents.organisation else { return [] }
        return organisation.calendars.filter { $0.value.holidayFeed != nil }.keys.sorted()
    }

    private func today(in calendar: String) throws -> CivilDate {
        let zone = documents.organisation?.calendars[calendar]?.zone ?? "UTC"
        return try world.zones.zone(zone).local(at: now).date
    }

    private func publish(_ code: String) throws {
        let today = try today(in: code)
        var book = books[code] ?? HolidayBook(from: today)
        world.outside.set(book.edit(&random, from: today), at: code)
        books[code] = book
    }

    /// The watch over feeds asks those that are due, and each calendar has the days that it ought to have.
    func askFeeds() async throws {
        while let code = try await world.operators.database.first(
            "select calendar from holiday_feed where due_at <= \(now) order by due_at, calendar limit 1",
            as: String.self)
        {
            if books[code] == nil || Int.random(in: 0..<4, using: &random) == 0 { try publish(code) }
            // Nothing else happens at the instant from which another calendar is in force.
            try await world.advance(to: now + .seconds(1))
            try await disarm()
            guard try await world.holidays.refreshOne() else { return }
            deeds["feed: asked", default: 0] += 1
            try await hearFeeds()
            try await world.advance(to: now + .seconds(1))
        }
    }

    private func hearFeeds() async throws {
        for feed in try await world.operators.holidayFeeds() where feed.checkedAt == now {
            guard let book = books[feed.calendar] else { continue }
            let kept = documents.days(of: feed.calendar)
            let expected = book.taken(over: kept, from: try today(in: feed.calendar))
            if Set(feed.days) != expected {
                fail(
                    "a calendar has the days of its feed's last good answer", about: feed.calendar,
                    "has \(feed.days), should \(expected.sorted())")
            }
            if !book.isReadable, feed.fault == nil {
                fail("somebody is told of a broken feed", about: feed.calendar, "nobody is")
            }
            if expected == kept { continue }
            deeds["feed: other days", default: 0] += 1
            try documents.take(expected, of: feed.calendar, at: now, world.zones)
        }
    }
}
