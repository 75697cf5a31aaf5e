import Moments
import Testing
import TimeZones

@Suite("Zones")
struct ZoneTests {
    let zones = TimeZones()

    private func date(_ text: String) throws -> CivilDate {
        try #require(CivilDate(text))
    }

    @Test(
        "A day is as long as its clocks make it",
        arguments: [
            ("Europe/Zurich", "2026-03-29", 23.0), ("Europe/Zurich", "2026-10-25", 25),
            ("America/New_York", "2026-03-08", 23), ("Australia/Lord_Howe", "2026-10-04", 23.5),
            ("Australia/Lord_Howe", "2026-04-05", 24.5), ("Africa/Cairo", "2026-04-24", 23),
            ("Pacific/Apia", "2011-12-29", 24), ("Pacific/Apia", "2011-12-30", 0), ("Europe/Oslo", "2026-07-01", 24),
            ("Europe/Zurich", "2126-03-31", 23), ("Europe/Zurich", "2926-03-31", 23),
        ])
    func lengthOfDay(name: String, day: String, hours: Double) throws {
        let zone = try zones.zone(name)
        let date = try date(day)
        let length = zone.startOfDay(date.adding(days: 1)).seconds - zone.startOfDay(date).seconds
        #expect(Double(length) == hours * 3600)
    }

    @Test("A night shift over a change of clocks is an hour shorter or longer")
    func nightShift() throws {
        let zone = try zones.zone("Europe/Zurich")
        for (day, hours) in [("2026-03-28", 7), ("2026-10-24", 9), ("2026-06-06", 8)] {
            let date = try date(day)
            let start = zone.moment(date, secondOfDay: 22 * 3600, overlap: .earlier)
            let end = zone.moment(date, secondOfDay: 30 * 3600, overlap: .later)
            #expect(end.seconds - start.seconds == Int64(hours) * 3600, "\(day)")
        }
    }

    @Test("A time in a gap is the gap's end, in every form it is asked for")
    func gap() throws {
        let zone = try zones.zone("Europe/Zurich")
        let end = Moment(seconds: 1_774_746_000)
        #expect(zone.moment(year: 2026, month: 3, day: 29, hour: 2, minute: 30) == end)
        #expect(zone.moment(year: 2026, month: 3, day: 29, hour: 2, overlap: .later) == end)
        #expect(zone.moment(year: 2026, month: 3, day: 29, hour: 3) == end)
        let fraction = try #require(CivilTime(date("2026-03-29"), hour: 2, minute: 30, microsecond: 5))
        #expect(zone.moment(fraction) == end)
        #expect(zone.local(at: end).hour == 3)
        #expect(zone.local(at: Moment(microseconds: end.microseconds - 1)).description == "2026-03-29 01:59:59")
    }

    @Test("A time that clocks show twice is the earlier or the later one, as asked")
    func overlap() throws {
        let zone = try zones.zone("Europe/Zurich")
        let earlier = try #require(zone.moment(year: 2026, month: 10, day: 25, hour: 2, minute: 30))
        let later = try #require(zone.moment(year: 2026, month: 10, day: 25, hour: 2, minute: 30, overlap: .later))
        #expect(later.seconds - earlier.seconds == 3600)
        #expect(zone.abbreviation(at: earlier) == "CEST")
        #expect(zone.abbreviation(at: later) == "CET")
        #expect(zone.isDaylightSaving(at: earlier))
        #expect(!zone.isDaylightSaving(at: later))
        #expect(zone.local(at: earlier) == zone.local(at: later))
    }

    @Test("A microsecond goes into local time and back")
    func microseconds() throws {
        let zone = try zones.zone("Asia/Kathmandu")
        for microseconds in [-1, 0, 1, 1_774_746_000_999_999] as [Int64] {
            let moment = Moment(microseconds: microseconds)
            #expect(zone.moment(zone.local(at: moment)) == moment)
        }
    }

    @Test("The rule goes on for ever: centuries ahead clocks change as they do now")
    func farFuture() throws {
        let zone = try zones.zone("Europe/Oslo")
        for year in [2040, 2437, 2600, 9999, 60_000] {
            let summer = try #require(zone.moment(year: year, month: 7, day: 1, hour: 12))
            let winter = try #require(zone.moment(year: year, month: 1, day: 1, hour: 12))
            #expect(zone.offset(at: summer) == 7200, "\(year)")
            #expect(zone.offset(at: winter) == 3600, "\(year)")
            let change = try #require(zone.nextChange(after: winter))
            #expect(zone.local(at: change).date.month == 3)
            #expect(zone.local(at: change).weekday == .sunday)
        }
    }

    @Test("Zones are equal by name; UTC needs no file")
    func identity() throws {
        #expect(try zones.zone("UTC") == .utc)
        #expect(try zones.zone("Europe/Oslo") == TimeZones().zone("Europe/Oslo"))
        #expect(try zones.zone("Europe/Oslo") != zones.zone("Europe/Berlin"))
        #expect(Zone.utc.local(at: Moment(seconds: 0)).description == "1970-01-01 00:00:00")
        #expect(Zone.utc.nextChange(after: Moment(seconds: 0)) == nil)
        #expect(Zone.utc.moment(year: 2026, month: 2, day: 30) == nil)
    }

    @Test(
        "A name that is no zone is refused with what to write instead",
        arguments: [
            "", "Oslo", "Europe/", "/etc/passwd", "../zoneinfo/UTC", "Europe/../UTC", "Europe", "zone.tab", "Å",
        ])
    func unknownNames(name: String) {
        #expect(throws: ZoneFault.unknown(name)) { try zones.zone(name) }
        #expect("\(ZoneFault.unknown(name))".contains("Europe/Oslo"))
    }

    @Test("The law of a zone is a number that other names of the same clocks share, and other clocks do not")
    func law() throws {
        let law = try zones.zone("Europe/Oslo").law
        #expect(try zones.zone("Europe/Berlin").law == law && TimeZones().zone("Europe/Oslo").law == law)
        let others = ["Europe/London", "Africa/Lagos", "UTC", "America/New_York", "Asia/Kolkata"]
        #expect(try Set(others.map { try zones.zone($0).law }).count == 5)
        #expect(try !others.contains { try zones.zone($0).law == law })
        // What is kept in databases must be found again.
        #expect(Zone.utc.law == -6_284_781_860_667_377_211)
    }

    @Test("A machine without a database of zones is told what to install")
    func noDatabase() {
        let zones = TimeZones(directory: "/nowhere")
        #expect(throws: ZoneFault.noDatabase(directory: "/nowhere")) { try zones.zone("Europe/Oslo") }
        #expect("\(ZoneFault.noDatabase(directory: "/nowhere"))".contains("tzdata"))
    }
}
