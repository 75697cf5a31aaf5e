import Desk
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing
import TimeZones

@testable import DeskStore

@Suite("Holidays from a feed", .database(template: TestDesk.template))
struct HolidayFeedTests {
    private static let address = "https://days.example/no.ics"

    /// The example with a feed for one calendar.
    private func organisation(feed: String? = address) throws -> Organisation {
        try TestDesk.organisation { document in
            var calendars = try #require(document["calendars"] as? [String: [String: Any]])
            calendars["oslo-office"]?["holidays_from"] = feed.map { $0 as Any }
            document["calendars"] = calendars
        }
    }

    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    private func claim(_ desk: TestDesk) async throws -> HolidayFeed {
        try #require(await desk.store.claimHolidayFeed(for: .seconds(300)))
    }

    private func noon(_ day: String) throws -> Moment { try #require(Moment(rfc3339: "\(day)T11:00:00Z")) }

    private let later = TestDesk.monday + .seconds(86_400 * 7)

    @Test("Its days count from now on, to the second; what has passed counts as it did")
    func fromNowOn() async throws {
        let desk = try TestDesk()
        _ = try await desk.store.apply(organisation(), by: "the tests")
        // Monday to Friday, from 10:00 of one week to 12:30:15 of the next, by the clocks of Oslo.
        let (start, change) = (TestDesk.monday, TestDesk.monday + .seconds(7 * 86_400))
        let end = start + .seconds(14 * 86_400 + 9015)
        desk.time.advance(to: change)
        let calendars = try await desk.store.directory().calendars
        let before = try calendars.inForce("oslo-office", at: start)
        let (past, future) = (
            before.calendar.elapsed(from: start, to: change), before.calendar.elapsed(from: change, to: end)
        )
        let routing = try TestDesk(as: "meridian_routing", at: change)
        let feed = try await claim(routing)
        // A Wednesday of the first week, which has passed, and a Thursday and a Sunday of the second.
        let days = try ["2026-03-04", "2026-03-12", "2026-03-15"].map(day)
        #expect(
            try await routing.store.take(HolidayAnswer(days: days), of: feed, next: later)
                == .taken(new: days.suffix(2), gone: []))
        let after = try await desk.store.directory().calendars
        #expect(try after.inForce("oslo-office", at: change - .microseconds(1)).id == before.id)
        #expect(try after.inForce("oslo-office", at: start).calendar.elapsed(from: start, to: change) == past)
        let next = try after.inForce("oslo-office", at: change)
        #expect(next.id != before.id)
        #expect(next.calendar.elapsed(from: change, to: end) == future - 8 * 3600 * 1_000_000)
    }

    @Test("An answer with fewer days, or none, leaves the calendar alone, and is remembered as a fault")
    func shrunken() async throws {
        let desk = try TestDesk()
        _ = try await desk.store.apply(organisation(), by: "the tests")
        let feed = try await claim(desk)
        let days = try ["2026-03-12", "2026-03-13", "2026-03-16"].map(day)
        _ = try await desk.store.take(HolidayAnswer(days: days, entityTag: "\"1\""), of: feed, next: later)
        let version = try await desk.store.directory().version
        for bad in [[], Array(days.prefix(1)), [try day("2025-01-01")]] {
            desk.time.advance(by: .seconds(60))
            let verdict = try await desk.store.take(
                HolidayAnswer(days: bad, entityTag: "\"2\""), of: feed, next: later)
            guard case .kept(let reason) = verdict else {
                Issue.record("\(verdict)")
                continue
            }
            let kept = try #require(await desk.store.holidayFeeds().first)
            #expect(kept.days == days && kept.fault == reason && kept.entityTag == "\"1\"")
            #expect(kept.goodAt == TestDesk.monday && kept.checkedAt == desk.time.now)
        }
        #expect(try await desk.store.directory().version == version)
        #expect(try await !desk.store.directory().isOpen("oslo-office", at: noon("2026-03-13")))
        try await desk.store.confirm(feed, next: later)
        #expect(try await desk.store.holidayFeeds().first?.fault == nil)
    }

    @Test(
        "A document that is applied again keeps the days, another address keeps them until it answers, none ends them")
    func applying() async throws {
        let desk = try TestDesk()
        _ = try await desk.store.apply(organisation(), by: "the tests")
        let feed = try await claim(desk)
        _ = try await desk.store.take(HolidayAnswer(days: [day("2026-03-12")]), of: feed, next: later)
        desk.time.advance(by: .seconds(60))
        let again = try await desk.store.apply(organisation(), by: "the tests")
        #expect(again.changes.isEmpty)
        let closed = try noon("2026-03-12")
        #expect(try await !desk.store.directory().isOpen("oslo-office", at: closed))
        #expect(try await desk.store.claimHolidayFeed(for: .seconds(300))?.url == nil)
        _ = try await desk.store.apply(organisation(feed: "https://days.example/other.ics"), by: "the tests")
        #expect(try await !desk.store.directory().isOpen("oslo-office", at: closed))
        let other = try await claim(desk)
        #expect(other.url == "https://days.example/other.ics")
        // The answer of the former address comes late, and is nothing to anybody.
        #expect(
            try await desk.store.take(HolidayAnswer(days: [day("2026-03-16")]), of: feed, next: later) == .same)
        desk.time.advance(by: .seconds(60))
        _ = try await desk.store.apply(organisation(feed: nil), by: "the tests")
        #expect(try await desk.store.directory().isOpen("oslo-office", at: closed))
        #expect(try await desk.store.holidayFeeds().isEmpty)
    }

    @Test("A feed is claimed by one program at a time, and again by another when the first one does not come back")
    func claiming() async throws {
        let desk = try TestDesk(as: "meridian_routing")
        _ = try await TestDesk().store.apply(organisation(), by: "the tests")
        _ = try await claim(desk)
        #expect(try await desk.store.claimHolidayFeed(for: .seconds(300))?.url == nil)
        desk.time.advance(by: .seconds(301))
        let feed = try await claim(desk)
        try await desk.store.refuse(feed, because: "the server answered 502", next: desk.time.now + .seconds(3600))
        #expect(try await desk.store.claimHolidayFeed(for: .seconds(300))?.url == nil)
        #expect(try await desk.store.holidayFeeds().first?.fault == "the server answered 502")
    }
}
