import Testing

@testable import TimeZones

@Suite("Rules at the end of zone files")
struct ZoneRuleTests {
    @Test("Names, offsets and days are read in every form that the standard has")
    func forms() throws {
        let plain = try ZoneRule(parsing: "JST-9")
        #expect(plain.standard == ZoneStyle(offset: 9 * 3600, isDaylightSaving: false, abbreviation: "JST"))
        #expect(plain.daylight == nil)

        let quoted = try ZoneRule(parsing: "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0")
        #expect(quoted.standard.offset == 37_800)
        #expect(quoted.daylight?.style.offset == 39_600)
        #expect(quoted.daylight?.style.abbreviation == "+11")
        #expect(quoted.daylight?.start == .init(day: .weekday(month: 10, week: 1, day: 0), secondOfDay: 7200))

        let odd = try ZoneRule(parsing: "<-02>2<-01>,M3.5.0/-1,J300/26:30:15")
        #expect(odd.daylight?.style.offset == -3600)
        #expect(odd.daylight?.start.secondOfDay == -3600)
        #expect(odd.daylight?.end == .init(day: .withoutLeapDay(300), secondOfDay: 26 * 3600 + 30 * 60 + 15))

        #expect(try ZoneRule(parsing: "AAA+3:30BBB,0/0,365/167").daylight?.end.day == .withLeapDay(365))
    }

    @Test(
        "A rule that is not one is refused",
        arguments: [
            "", "C", "CET", "CET-1CEST", "CET-25", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
            "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J366", "CET-1CEST,366,1",
            "CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0 ", "<CET-1", "<+1>-1", "CET-1:60",
        ])
    func refusals(text: String) {
        #expect(throws: ZoneRule.Fault.self) { try ZoneRule(parsing: text) }
    }

    @Test("Counted days skip 29 February or not, as their form says")
    func countedDays() {
        let leap = CivilDate.daysSinceEpoch(startOf: 2024)
        #expect(ZoneRule.Day.withoutLeapDay(59).daysSinceEpoch(in: 2024) == leap + 58)
        #expect(ZoneRule.Day.withoutLeapDay(60).daysSinceEpoch(in: 2024) == leap + 60)
        #expect(ZoneRule.Day.withLeapDay(59).daysSinceEpoch(in: 2024) == leap + 59)
        #expect(
            ZoneRule.Day.withoutLeapDay(60).daysSinceEpoch(in: 2023) == CivilDate.daysSinceEpoch(startOf: 2023) + 59)
    }

    @Test("Daylight saving time all the year has no changes after its beginning")
    func allYear() throws {
        let rule = try ZoneRule(parsing: "EST3EDT4,0/0,J365/23")
        let changes = rule.changes(in: 2024..<2030)
        #expect(changes.first?.style.abbreviation == "EDT")
        #expect(changes.count <= 2)
    }

    @Test("A change may fall in the year beside the one its rule is read for")
    func acrossNewYear() throws {
        let rule = try ZoneRule(parsing: "AAA0BBB-1,J1/-24,J180")
        let first = try #require(rule.changes(in: 2026..<2027).first)
        #expect(first.start == Int64(CivilDate.daysSinceEpoch(startOf: 2026) - 1) * 86_400)
        #expect(first.style.abbreviation == "BBB")
    }
}
