import Foundation
import ICalendar
import Testing
import TimeZones

@Suite("Feeds as programs write them")
struct FeedOddityTests {
    private func dates(_ file: HolidayFile) -> [String] { file.days.map { "\($0.date)" } }

    private func file(_ lines: String..., zone: String = "Europe/Oslo") throws -> HolidayFile {
        try HolidayFileTests.file(["BEGIN:VEVENT"] + lines + ["END:VEVENT"], zone: zone)
    }

    @Test(
        "Ends in the last minute of a day, all-day marks and midnights of UTC are whole days",
        arguments: [
            (["DTSTART:20261225T000000", "DTEND:20261226T235900"], ["2026-12-25", "2026-12-26"]),
            (
                ["DTSTART;TZID=\"Oslo, Bergen\":20261225T000000", "DTEND;TZID=\"Oslo, Bergen\":20261225T235959"],
                ["2026-12-25"]
            ),
            (["DTSTART:20261225T000000", "DURATION:PT86399S"], ["2026-12-25"]),
            (["DTSTART:20261224T230000Z", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"], ["2026-12-25"]),
            (["DTSTART:20261225T000000Z", "DTEND:20261226T000000Z"], ["2026-12-25"]),
            (["DTSTART:20261225T000000Z", "DURATION:P1D"], ["2026-12-25"]),
        ])
    func wholeDays(lines: [String], days: [String]) throws {
        let file = try HolidayFileTests.file(["BEGIN:VEVENT"] + lines + ["END:VEVENT"])
        #expect(dates(file) == days && file.faults.isEmpty, "\(file.faults)")
    }

    @Test(
        "Hours of a day are no holiday",
        arguments: [
            ["DTSTART:20261225T080000", "DTEND:20261225T160000"], ["DTSTART:20261225T000000"],
            ["DTSTART:20261225T000000", "DTEND:20261225T120000"],
            ["DTSTART:20261224T220000Z", "DTEND:20261225T220000Z"],
        ])
    func hours(lines: [String]) throws {
        let file = try HolidayFileTests.file(["BEGIN:VEVENT"] + lines + ["END:VEVENT"])
        #expect(file.days.isEmpty && file.faults.count == 1)
    }

    @Test("A rule of days that ends at an instant of UTC ends with that day, there or here")
    func until() throws {
        let rule = "RRULE:FREQ=YEARLY;UNTIL=20281225T000000Z;BYHOUR=0;BYMINUTE=0;RSCALE=GREGORIAN;SKIP=OMIT"
        let west = try file("DTSTART;VALUE=DATE:20261225", rule, zone: "America/New_York")
        #expect(dates(west) == ["2026-12-25", "2027-12-25", "2028-12-25"] && west.faults.isEmpty)
        let east = try file("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=YEARLY;UNTIL=20271224T230000Z")
        #expect(dates(east) == ["2026-12-25", "2027-12-25"])
    }

    @Test("Of several versions of an event the highest counts, also of one instance and where it is cancelled")
    func versions() throws {
        let file = try HolidayFileTests.file([
            "BEGIN:VEVENT", "UID:a", "SEQUENCE:2", "DTSTART;VALUE=DATE:20260502", "END:VEVENT",
            "BEGIN:VEVENT", "UID:a", "SEQUENCE:1", "DTSTART;VALUE=DATE:20260501", "END:VEVENT",
            "BEGIN:VEVENT", "UID:b", "DTSTART;VALUE=DATE:20260601", "END:VEVENT",
            "BEGIN:VEVENT", "UID:b", "SEQUENCE:1", "DTSTART;VALUE=DATE:20260601", "STATUS:CANCELLED", "END:VEVENT",
            "BEGIN:VEVENT", "UID:c", "SEQUENCE:4", "DTSTART;VALUE=DATE:20260701", "RRULE:FREQ=YEARLY;COUNT=2",
            "END:VEVENT",
            "BEGIN:VEVENT", "UID:c", "RECURRENCE-ID;VALUE=DATE:20270701", "DTSTART;VALUE=DATE:20270703", "END:VEVENT",
            "BEGIN:VEVENT", "UID:c", "RECURRENCE-ID;VALUE=DATE:20270701", "SEQUENCE:1", "DTSTART;VALUE=DATE:20270702",
            "END:VEVENT",
        ])
        #expect(dates(file) == ["2026-05-02", "2026-07-01", "2027-07-02"] && file.faults.isEmpty, "\(file.faults)")
    }

    @Test("Events that all have one identity and no versions are all taken")
    func oneIdentity() throws {
        let file = try HolidayFileTests.file(
            (1...3).flatMap { ["BEGIN:VEVENT", "UID:holiday", "DTSTART;VALUE=DATE:2026010\($0)", "END:VEVENT"] })
        #expect(dates(file) == ["2026-01-01", "2026-01-02", "2026-01-03"])
    }

    @Test("A change of all later instances is told, because what it says is not understood")
    func range() throws {
        let file = try file(
            "UID:a", "RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20270101", "DTSTART;VALUE=DATE:20270102")
        #expect(file.days.isEmpty && file.faults.count == 1)
    }

    @Test("Blanks that do not belong there change nothing")
    func blanks() throws {
        let text =
            "  \r\n\r\nBEGIN:VCALENDAR \r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260501 \r\n"
            + "RDATE;VALUE=DATE:20260517, 20260525\r\nEND:VEVENT \r\nEND:VCALENDAR\r\n\r\n"
        let file = try HolidayFileTests.read(Array(text.utf8))
        #expect(dates(file) == ["2026-05-01", "2026-05-17", "2026-05-25"] && file.faults.isEmpty, "\(file.faults)")
    }

    @Test(
        "Names are read from UTF-8, from Windows-1252 and from UTF-16",
        arguments: [String.Encoding.utf8, .windowsCP1252, .utf16LittleEndian, .utf16BigEndian])
    func letters(encoding: String.Encoding) throws {
        let text =
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260501\n"
            + "SUMMARY:Første mai – «fri»’\nEND:VEVENT\nEND:VCALENDAR"
        var bytes = Array(try #require(text.data(using: encoding)))
        if encoding == .utf16LittleEndian { bytes = [0xFF, 0xFE] + bytes }
        if encoding == .utf16BigEndian { bytes = [0xFE, 0xFF] + bytes }
        let file = try HolidayFileTests.read(bytes)
        #expect(file.days.map(\.name) == ["Første mai – «fri»’"] && file.faults.isEmpty, "\(file.faults)")
    }

    @Test("A rule that began long ago reaches the days that are asked for")
    func longAgo() throws {
        let weekends = try HolidayFileTests.file(
            HolidayFileTests.event("DTSTART;VALUE=DATE:19000106", "RRULE:FREQ=WEEKLY;BYDAY=SA,SU"), years: 2026...2026)
        #expect(weekends.days.count == 104 && weekends.days.first.map { "\($0.date)" } == "2026-01-03")
        let counted = try HolidayFileTests.file(
            HolidayFileTests.event("DTSTART;VALUE=DATE:19700101", "RRULE:FREQ=YEARLY;INTERVAL=8;COUNT=8"),
            years: 2020...2035)
        #expect(dates(counted) == ["2026-01-01"])
        let reaching = try HolidayFileTests.file(
            HolidayFileTests.event("DTSTART;VALUE=DATE:19991230", "DURATION:P4D", "RRULE:FREQ=YEARLY"),
            years: 2026...2026)
        #expect(dates(reaching) == ["2026-01-01", "2026-01-02", "2026-12-30", "2026-12-31"])
    }

    @Test("Rules that were made to take long are told, and what was found before them counts")
    func endless() throws {
        var limits = HolidayFile.Limits()
        limits.days = 10_000
        let rule = "RRULE:FREQ=DAILY;COUNT=100000;BYMONTH=2;BYMONTHDAY=30"
        let lines =
            ["BEGIN:VCALENDAR"] + HolidayFileTests.event("DTSTART;VALUE=DATE:20260101")
            + HolidayFileTests.event("DTSTART;VALUE=DATE:20000101", rule)
            + HolidayFileTests.event("DTSTART;VALUE=DATE:20260102") + ["END:VCALENDAR"]
        let file = try HolidayFileTests.read(Array(lines.joined(separator: "\n").utf8), limits: limits)
        #expect(dates(file) == ["2026-01-01"])
        #expect(file.faults.count == 1 && file.faults.first?.reason.contains("too long") == true, "\(file.faults)")
    }
}
