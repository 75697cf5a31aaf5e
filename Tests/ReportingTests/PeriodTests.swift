import Moments
import Testing
import TimeZones

@testable import Reporting

@Suite("The period of a report")
struct PeriodTests {
    private let oslo: Zone
    init() throws { oslo = try TimeZones().zone("Europe/Oslo") }

    @Test("Days begin at midnight of the zone, also across a change of the clocks")
    func bounds() throws {
        let first = try #require(CivilDate("2026-03-28"))
        let period = try #require(Period(from: first, to: first.adding(days: 1), in: oslo))
        #expect(period.start == Moment(rfc3339: "2026-03-27T23:00:00Z"))
        #expect(period.end == Moment(rfc3339: "2026-03-29T22:00:00Z"))
        #expect(period.days == 2)
    }

    @Test("A period that ends before it begins, or is longer than three years, is none")
    func refused() throws {
        let day = try #require(CivilDate("2026-03-02"))
        #expect(Period(from: day, to: day.adding(days: -1), in: oslo) == nil)
        #expect(Period(from: day, to: day.adding(days: Period.longest), in: oslo) == nil)
        #expect(Period(from: day, to: day.adding(days: Period.longest - 1), in: oslo) != nil)
    }

    @Test(
        "A chart never has more than 31 columns, and they cover the period", arguments: [1, 30, 31, 32, 62, 365, 1100])
    func columns(days: Int) throws {
        let day = try #require(CivilDate("2024-01-01"))
        let period = try #require(Period(from: day, to: day.adding(days: days - 1), in: oslo))
        #expect((1...31).contains(period.columns.count))
        #expect(period.columns.first == day)
        #expect(try #require(period.columns.last) <= period.last)
    }

    @Test(
        "The months of a period are those it touches, whole or not",
        arguments: [
            ("2026-03-31", "2026-03-31", ["2026-03-01"]),
            ("2026-01-31", "2026-03-01", ["2026-01-01", "2026-02-01", "2026-03-01"]),
            ("2025-12-01", "2026-02-28", ["2025-12-01", "2026-01-01", "2026-02-01"]),
        ])
    func months(from: String, to: String, months: [String]) throws {
        let (from, to) = (try #require(CivilDate(from)), try #require(CivilDate(to)))
        #expect(try #require(Period(from: from, to: to, in: oslo)).months.map(\.description) == months)
    }
}
