import Foundation
import SeedTestSupport
import Testing
import TimeZones

@Suite("Civil dates")
struct CivilDateTests {
    @Test("Days and dates are two names of the same thing, over 2,400 years")
    func roundTrip() throws {
        var (year, month, day) = (600, 1, 1)
        for days in -500_382...376_000 {
            let date = CivilDate(daysSinceEpoch: days)
            #expect(date.daysSinceEpoch == days)
            if (date.year, date.month, date.day) != (year, month, day) {
                Issue.record("day \(days) is \(date), not \(year)-\(month)-\(day)")
                return
            }
            day += 1
            if day > CivilDate.length(ofMonth: month, in: year) { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
    }

    @Test("Weekdays and days of the year agree with Foundation's calendar", arguments: (0..<5).map { Seed($0) })
    func agreesWithFoundation(seed: Seed) throws {
        var random = seed
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        for _ in 0..<200 {
            let days = Int.random(in: 0...60_000, using: &random)
            let date = CivilDate(daysSinceEpoch: days)
            let theirs = calendar.dateComponents(
                [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(days) * 86_400))
            #expect(date.year == theirs.year && date.month == theirs.month && date.day == theirs.day, "\(seed)")
            // Foundation counts from Sunday, 1, we from Monday, 1.
            #expect(date.weekday.rawValue % 7 + 1 == theirs.weekday, "\(seed)")
        }
    }

    @Test("A day that the calendar does not have is nil")
    func refusesImpossibleDays() {
        #expect(CivilDate(year: 2026, month: 2, day: 29) == nil)
        #expect(CivilDate(year: 2024, month: 2, day: 29) != nil)
        #expect(CivilDate(year: 1900, month: 2, day: 29) == nil)
        #expect(CivilDate(year: 2000, month: 2, day: 29) != nil)
        #expect(CivilDate(year: 2026, month: 13, day: 1) == nil)
        #expect(CivilDate(year: 2026, month: 0, day: 1) == nil)
        #expect(CivilDate(year: 2026, month: 4, day: 31) == nil)
        #expect(CivilDate(year: 2026, month: 4, day: 0) == nil)
    }

    @Test("A date is read and written in the form of ISO 8601")
    func text() {
        #expect(CivilDate("2026-03-29")?.description == "2026-03-29")
        #expect(CivilDate("0033-04-03")?.description == "0033-04-03")
        for text in ["2026-3-29", "2026-03-29 ", "2026/03/29", "+026-03-29", "2026-02-30", "", "2026-03-2é"] {
            #expect(CivilDate(text) == nil, "\(text)")
        }
    }

    @Test("Adding days crosses months, years and leap days; the day of the year counts them")
    func addition() throws {
        let date = try #require(CivilDate("2023-12-31"))
        #expect(date.adding(days: 60).description == "2024-02-29")
        #expect(date.adding(days: 61).description == "2024-03-01")
        #expect(date.adding(days: -365).description == "2022-12-31")
        #expect(date.dayOfYear == 365)
        #expect(date.adding(days: 366).dayOfYear == 366)
        #expect(date.adding(days: 1) > date)
    }

    @Test("A clock shows hours, minutes and seconds and nothing beyond them")
    func civilTime() throws {
        let date = try #require(CivilDate("2026-03-29"))
        let time = try #require(CivilTime(date, hour: 23, minute: 59, second: 58, microsecond: 7))
        #expect((time.hour, time.minute, time.second, time.microsecond) == (23, 59, 58, 7))
        #expect("\(time)" == "2026-03-29 23:59:58")
        #expect(time.weekday == .sunday)
        #expect(CivilTime(date, hour: 24) == nil)
        #expect(CivilTime(date, minute: 60) == nil)
        #expect(CivilTime(date, second: -1) == nil)
        #expect(CivilTime(date, microsecond: 1_000_000) == nil)
    }
}
