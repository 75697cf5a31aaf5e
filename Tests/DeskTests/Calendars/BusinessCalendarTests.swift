import Desk
import Moments
import Testing
import TimeZones

@Suite("Business calendars")
struct BusinessCalendarTests {
    private static let hour: Int64 = 3_600_000_000

    @Test(
        "A day from midnight to midnight is as long as the place's clocks make it",
        arguments: [
            ("Europe/Zurich", "2026-03-29", "2026-03-30", 23.0), ("Europe/Zurich", "2026-10-25", "2026-10-26", 25),
            ("America/New_York", "2026-03-08", "2026-03-09", 23),
            ("Australia/Lord_Howe", "2026-10-04", "2026-10-05", 23.5),
            ("Australia/Lord_Howe", "2026-04-05", "2026-04-06", 24.5),
            ("Africa/Cairo", "2026-04-24", "2026-04-25", 23), ("Pacific/Apia", "2011-12-29", "2011-12-31", 24),
        ])
    func lengthOfDay(zone: String, first: String, last: String, hours: Double) throws {
        let start = try CalendarSample.midnight(first, zone)
        let end = try CalendarSample.midnight(last, zone)
        for weekly in [#""24x7""#, CalendarSample.aroundTheClock] {
            let calendar = try CalendarSample.calendar(zone, weekly)
            #expect(Double(calendar.elapsed(from: start, to: end)) / Double(Self.hour) == hours)
            #expect(calendar.elapsed(from: end, to: start) == -calendar.elapsed(from: start, to: end))
        }
    }

    @Test(
        "A night shift belongs to the day on which it begins and is as long as that night",
        arguments: [("2026-03-28", "2026-03-30", 7), ("2026-10-24", "2026-10-26", 9), ("2026-06-06", "2026-06-08", 8)])
    func nightShift(saturday: String, monday: String, hours: Int) throws {
        let calendar = try CalendarSample.calendar("Europe/Zurich", #"{"sat":[["22:00","06:00"]]}"#)
        let start = try CalendarSample.midnight(saturday, "Europe/Zurich")
        let end = try CalendarSample.midnight(monday, "Europe/Zurich")
        #expect(calendar.elapsed(from: start, to: end) == Int64(hours) * Self.hour)
    }

    @Test(
        "A boundary that clocks skip is the end of the gap; of one shown twice a start is the first, an end the second")
    func boundariesInGapsAndOverlaps() throws {
        let calendar = try CalendarSample.calendar(
            "Europe/Zurich", #"{"sun":[["02:30","04:00"]]}"#, special: #"{"2026-10-25":[["02:30","02:45"]]}"#)
        let spring = try CalendarSample.moment("2026-03-29T00:00:00Z")
        #expect(try calendar.nextOpen(at: spring) == CalendarSample.moment("2026-03-29T01:00:00Z"))
        #expect(try calendar.adding(seconds: 3600, to: spring) == CalendarSample.moment("2026-03-29T02:00:00Z"))
        let autumn = try CalendarSample.moment("2026-10-25T00:00:00Z")
        #expect(try calendar.nextOpen(at: autumn) == CalendarSample.moment("2026-10-25T00:30:00Z"))
        let end = try CalendarSample.moment("2026-10-26T00:00:00Z")
        #expect(calendar.elapsed(from: autumn, to: end) == 75 * 60_000_000)
    }

    @Test("Hours that meet or overlap, within a day or from one day into the next, count once")
    func overlappingHours() throws {
        let calendar = try CalendarSample.calendar(
            "UTC",
            #"{"mon":[["08:00","12:00"],["11:00","13:00"],["13:00","14:00"],["22:00","06:00"]],"#
                + #""tue":[["00:00","08:00"]]}"#
        )
        let start = try CalendarSample.moment("2026-06-01T00:00:00Z")
        #expect(calendar.elapsed(from: start, to: start + .seconds(2 * 86_400)) == 16 * Self.hour)
    }

    @Test("Special hours stand before holidays, a date before the same day of every year")
    func exceptions() throws {
        let calendar = try CalendarSample.calendar(
            "Europe/Oslo", CalendarSample.officeHours, holidays: #"["--12-25","2026-12-24","2026-12-31","--02-29"]"#,
            special: #"{"--12-24":[["08:00","12:00"]],"2027-12-24":[],"2026-12-25":[["10:00","11:00"]]}"#)
        func hours(_ day: String) throws -> Int64 {
            let start = try CalendarSample.midnight(day, "Europe/Oslo")
            return calendar.elapsed(from: start, to: start + .seconds(86_400)) / Self.hour
        }
        #expect(try hours("2026-12-23") == 8)
        #expect(try hours("2026-12-24") == 4, "special every year beats a holiday of one year")
        #expect(try hours("2026-12-25") == 1)
        #expect(try hours("2026-12-31") == 0)
        #expect(try hours("2027-12-24") == 0)
        #expect(try hours("2028-02-29") == 0 && hours("2028-02-28") == 8)
    }

    @Test("What ends at closing ends then; counting back, what ends at opening ends then")
    func endsAtBoundaries() throws {
        let calendar = try CalendarSample.calendar("UTC", CalendarSample.officeHours)
        let monday = try CalendarSample.moment("2026-06-01T08:00:00Z")
        #expect(try calendar.adding(seconds: 8 * 3600, to: monday) == monday + .seconds(8 * 3600))
        #expect(try calendar.adding(seconds: -8 * 3600, to: monday + .seconds(8 * 3600)) == monday)
        let night = monday + .seconds(12 * 3600)
        #expect(try calendar.adding(seconds: 0, to: night) == night)
        #expect(try calendar.adding(microseconds: 1, to: night) == monday + .seconds(86_400) + .microseconds(1))
        #expect(!calendar.isOpen(at: monday + .seconds(8 * 3600)))
        #expect(calendar.isOpen(at: monday))
    }

    @Test("A calendar without an opening within ten years says so instead of searching for ever")
    func neverOpens() throws {
        let never = try CalendarSample.calendar("UTC", "{}")
        let now = try CalendarSample.moment("2026-06-01T08:00:00Z")
        #expect(throws: CalendarFault.noOpening(near: now)) { try never.nextOpen(at: now) }
        #expect(throws: CalendarFault.self) { try never.adding(seconds: -1, to: now) }
        #expect(never.elapsed(from: now, to: now + .seconds(86_400 * 1000)) == 0)
        let once = try CalendarSample.calendar("UTC", "{}", special: #"{"2035-01-01":[["08:00","09:00"]]}"#)
        #expect(try once.nextOpen(at: now) == CalendarSample.moment("2035-01-01T08:00:00Z"))
        #expect(throws: CalendarFault.self) { try once.adding(seconds: 3601, to: now) }
        #expect(throws: CalendarFault.self) { try once.nextOpen(at: CalendarSample.moment("2020-06-01T08:00:00Z")) }
    }

    @Test("The years in which nothing can be written are refused, not reached")
    func endOfTime() throws {
        let always = try CalendarSample.calendar("UTC", #""24x7""#)
        let office = try CalendarSample.calendar("UTC", CalendarSample.officeHours)
        let late = try CalendarSample.moment("9999-12-01T00:00:00Z")
        #expect(throws: CalendarFault.outOfRange) { try always.adding(seconds: .max, to: late) }
        #expect(throws: CalendarFault.outOfRange) { try always.adding(seconds: 40 * 86_400, to: late) }
        #expect(throws: CalendarFault.outOfRange) { try office.adding(seconds: 40 * 86_400, to: late) }
        #expect(office.elapsed(from: Moment(seconds: .min), to: Moment(seconds: .max)) > 0)
    }
}
