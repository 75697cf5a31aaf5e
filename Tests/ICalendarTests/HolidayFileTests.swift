import ICalendar
import SeedTestSupport
import Testing
import TimeZones

@Suite("Holidays of an iCalendar file")
struct HolidayFileTests {
    static func file(
        _ lines: [String], newline: String = "\r\n", years: ClosedRange<Int> = 2020...2035, zone: String = "Europe/Oslo"
    ) throws -> HolidayFile {
        let text = (["BEGIN:VCALENDAR", "VERSION:2.0"] + lines + ["END:VCALENDAR", ""]).joined(separator: newline)
        return try read(Array(text.utf8), years: years, zone: zone)
    }

    static func read(
        _ bytes: [UInt8], years: ClosedRange<Int> = 2020...2035, zone: String = "Europe/Oslo",
        limits: HolidayFile.Limits = HolidayFile.Limits()
    ) throws -> HolidayFile {
        let first = try #require(CivilDate(year: years.lowerBound, month: 1, day: 1))
        let last = try #require(CivilDate(year: years.upperBound, month: 12, day: 31))
        return HolidayFile(bytes, in: try TimeZones().zone(zone), from: first, through: last, limits: limits)
    }

    static func event(_ lines: String...) -> [String] {
        ["BEGIN:VEVENT", "UID:\(lines.joined().hashValue)@x"] + lines + ["END:VEVENT"]
    }

    private func dates(_ file: HolidayFile) -> [String] { file.days.map { "\($0.date)" } }

    @Test(
        "Whole days are days, with lines of either ending, and the end is the day after the last",
        arguments: ["\r\n", "\n"])
    func wholeDays(newline: String) throws {
        let file = try Self.file(
            Self.event("DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261227", "SUMMARY:Jul\\, begge dager")
                + Self.event("DTSTART;VALUE=DATE:20270101")
                + Self.event("DTSTART;VALUE=DATE:20270501", "DURATION:P1D")
                + Self.event("DTSTART;VALUE=DATE:20270517", "DTEND;VALUE=DATE:20270517", "STATUS:CONFIRMED"),
            newline: newline)
        #expect(dates(file) == ["2026-12-25", "2026-12-26", "2027-01-01", "2027-05-01", "2027-05-17"])
        #expect(file.days.first?.name == "Jul, begge dager")
        #expect(file.faults.isEmpty && file.events == 4)
    }

    @Test("Lines are joined before they are read as letters, and a byte-order mark is no letter")
    func folding() throws {
        let text =
            "\u{FEFF}BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=\r\n DATE:202605\r\n\t01\r\nSUMMARY:Første mai"
            + "\r\nEND:VEVENT\r\nEND:VCALENDAR"
        var bytes = Array(text.utf8)
        // The fold stands between the two bytes of a letter.
        let place = try #require(bytes.firstIndex(of: 0xC3))
        bytes.insert(contentsOf: Array("\r\n ".utf8), at: place + 1)
        let file = try Self.read(bytes)
        #expect(file.days.map(\.name) == ["Første mai"] && dates(file) == ["2026-05-01"] && file.faults.isEmpty)
    }

    @Test(
        "Times are whole days where they go from midnight to midnight, by the clock of the place",
        arguments: [
            (["DTSTART:20261224T230000Z", "DTEND:20261225T230000Z"], ["2026-12-25"]),
            (["DTSTART;TZID=Europe/Oslo:20260501T000000", "DTEND;TZID=Europe/Oslo:20260502T000000"], ["2026-05-01"]),
            (["DTSTART:20260501T000000", "DURATION:PT48H"], ["2026-05-01", "2026-05-02"]),
        ])
    func midnight(lines: [String], days: [String]) throws {
        let file = try Self.file(["BEGIN:VEVENT"] + lines + ["END:VEVENT"])
        #expect(dates(file) == days && file.faults.isEmpty, "\(file.faults)")
    }

    @Test(
        "Rules of holiday feeds give their days",
        arguments: [
            ("20201225", "FREQ=YEARLY", "2020-12-25 2021-12-25 2022-12-25 2023-12-25 2024-12-25 2025-12-25"),
            ("20200229", "FREQ=YEARLY", "2020-02-29 2024-02-29"),
            (
                "20201126", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
                "2020-11-26 2021-11-25 2022-11-24 2023-11-23 2024-11-28 2025-11-27"
            ),
            ("20200525", "FREQ=YEARLY;BYDAY=-1MO;BYMONTH=5;COUNT=3", "2020-05-25 2021-05-31 2022-05-30"),
            (
                "20200120", "FREQ=YEARLY;BYMONTH=1;BYDAY=MO;BYSETPOS=3;UNTIL=20220117",
                "2020-01-20 2021-01-18 2022-01-17"
            ),
            (
                "20200120", "FREQ=YEARLY;BYMONTH=1;BYDAY=MO;BYSETPOS=3;UNTIL=20220116T235959Z",
                "2020-01-20 2021-01-18 2022-01-17"
            ),
            ("20200101", "FREQ=YEARLY;INTERVAL=4;BYMONTH=1;BYMONTHDAY=1", "2020-01-01 2024-01-01"),
            ("20201231", "FREQ=YEARLY;BYYEARDAY=-1;COUNT=2", "2020-12-31 2021-12-31"),
            ("20200131", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "2020-01-31 2020-02-29 2020-03-31"),
            ("20200131", "FREQ=MONTHLY;COUNT=3", "2020-01-31 2020-03-31 2020-05-31"),
            (
                "20200106", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU;COUNT=4",
                "2020-01-06 2020-01-19 2020-01-20 2020-02-02"
            ),
            ("20200106", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;COUNT=4", "2020-01-06 2020-01-12 2020-01-20 2020-01-26"),
            ("20201230", "FREQ=DAILY;COUNT=3", "2020-12-30 2020-12-31 2021-01-01"),
            ("20200131", "FREQ=YEARLY;BYDAY=-1FR;COUNT=2", "2020-01-31 2020-12-25"),
        ])
    func rules(start: String, rule: String, days: String) throws {
        let file = try Self.file(Self.event("DTSTART;VALUE=DATE:\(start)", "RRULE:\(rule)"), years: 2020...2025)
        #expect(dates(file).joined(separator: " ") == days && file.faults.isEmpty, "\(file.faults)")
    }

    @Test("Exceptions, further days, replaced and cancelled instances count")
    func exceptions() throws {
        let file = try Self.file(
            [
                "BEGIN:VEVENT", "UID:a", "DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=YEARLY;COUNT=5",
                "EXDATE;VALUE=DATE:20270101", "RDATE;VALUE=DATE:20260630,20260701", "END:VEVENT",
                "BEGIN:VEVENT", "UID:a", "RECURRENCE-ID;VALUE=DATE:20280101", "DTSTART;VALUE=DATE:20280103",
                "END:VEVENT",
                "BEGIN:VEVENT", "UID:a", "RECURRENCE-ID;VALUE=DATE:20290101", "DTSTART;VALUE=DATE:20290101",
                "STATUS:CANCELLED", "END:VEVENT",
                "BEGIN:VEVENT", "UID:b", "DTSTART;VALUE=DATE:20260202", "STATUS:CANCELLED", "END:VEVENT",
            ])
        #expect(dates(file) == ["2026-01-01", "2026-06-30", "2026-07-01", "2028-01-03", "2030-01-01"])
        #expect(file.faults.isEmpty, "\(file.faults)")
    }

    @Test("What is bad is told with its line and left out, and the rest counts")
    func faults() throws {
        let file = try Self.file(
            Self.event("DTSTART;VALUE=DATE:20260230")
                + Self.event("DTSTART:20260501T080000", "DTEND:20260501T160000", "SUMMARY:Lunch")
                + Self.event("SUMMARY:Never") + ["=nonsense"]
                + Self.event("DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY;BYWEEKNO=20")
                + Self.event("DTSTART;VALUE=DATE:20260502", "DTEND;VALUE=DATE:20260401")
                + Self.event("DTSTART;VALUE=DATE:20260503", "BEGIN:VALARM", "DTSTART:garbage", "END:VALARM")
                + ["END:VTODO", "BEGIN:VEVENT", "DTSTART;VALUE=DATE:20260504"])
        #expect(dates(file) == ["2026-05-03"])
        #expect(file.faults.map(\.line) == [5, 7, 13, 17, 21, 23, 35, 36])
        #expect(file.faults[1].reason.contains("Lunch") && file.faults[3].reason.contains("a name"))
        #expect(file.faults[4].reason.contains("BYWEEKNO=20"))
    }

    @Test(
        "What is no calendar has no days and one sentence about it",
        arguments: [
            "", "<!DOCTYPE html><html>502 Bad Gateway</html>", "\u{0}\u{1}", "hello: world\n\n",
            "BEGIN:VEVENT\nEND:VEVENT",
        ])
    func noCalendar(text: String) throws {
        let file = try Self.read(Array(text.utf8))
        #expect(file.days.isEmpty && file.faults.count == 1, "\(file.faults)")
    }

    @Test("A file has limits, and says where it was cut")
    func limits() throws {
        var limits = HolidayFile.Limits()
        (limits.events, limits.faults) = (3, 2)
        let many = (1...9).flatMap { Self.event("DTSTART;VALUE=DATE:2026010\($0)") }
        let text = (["BEGIN:VCALENDAR"] + many).joined(separator: "\n")
        let file = try Self.read(Array(text.utf8), limits: limits)
        #expect(file.days.count == 3 && file.faults.map(\.line) == [13])
        limits.bytes = 100
        #expect(try Self.read(Array(text.utf8), limits: limits).faults.first?.reason.contains("100 bytes") == true)
        let endless = try Self.file(Self.event("DTSTART;VALUE=DATE:19000101", "RRULE:FREQ=DAILY"), years: 1900...9999)
        #expect(endless.days.count == 5000)
    }

    @Test("Any bytes are read to the end", arguments: 0..<40)
    func neverFails(number: Int) throws {
        var random = Seed(number)
        let lines = Self.event(
            "DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "EXDATE;VALUE=DATE:20270101",
            "SUMMARY;X=\"a\":b\\n")
        var bytes = Array((["BEGIN:VCALENDAR"] + lines + lines + ["END:VCALENDAR"]).joined(separator: "\r\n").utf8)
        for _ in 0..<12 {
            let place = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
            case 1: bytes.remove(at: place)
            default: bytes.insert(contentsOf: bytes[place...].prefix(9), at: place)
            }
        }
        #expect(try Self.read(bytes).events <= 4, "\(random)")
    }
}
