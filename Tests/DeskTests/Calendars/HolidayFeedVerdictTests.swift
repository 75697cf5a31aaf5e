import Desk
import JSON
import Testing
import TimeZones

@Suite("Answers of holiday feeds")
struct HolidayFeedVerdictTests {
    private func days(_ texts: [String]) throws -> [CivilDate] { try texts.map { try #require(CivilDate($0)) } }

    private func verdict(_ new: [String], after last: [String]) throws -> HolidayFeedVerdict {
        HolidayFeedVerdict(days: try days(new), last: try days(last), today: try #require(CivilDate("2026-06-01")))
    }

    @Test("More days, and days that moved, are taken; what has passed does not matter")
    func taken() throws {
        #expect(try verdict(["2026-12-25"], after: []) == .taken(new: days(["2026-12-25"]), gone: []))
        #expect(try verdict(["2026-12-25"], after: ["2026-01-01", "2026-12-25"]) == .same)
        #expect(
            try verdict(["2026-12-25", "2027-03-10"], after: ["2026-12-25", "2027-03-09"])
                == .taken(new: days(["2027-03-10"]), gone: days(["2027-03-09"])))
    }

    @Test("An answer that names fewer days, or none, is not taken, and says which are missing")
    func kept() throws {
        let known = ["2026-12-25", "2026-12-26", "2027-01-01", "2027-05-01", "2027-05-17"]
        #expect(try verdict([], after: known) == .kept(because: "the feed names no day to come"))
        #expect(try verdict(["2026-05-01"], after: []) == .kept(because: "the feed names no day to come"))
        guard case .kept(let reason) = try verdict(["2026-12-25", "2028-01-01"], after: known) else {
            Issue.record("a shrunken answer was taken")
            return
        }
        #expect(reason.contains("2 days to come where it named 5"))
        #expect(reason.contains("missing are 2026-12-26, 2027-01-01, 2027-05-01 and 1 more"))
    }

    @Test("A calendar may name a feed; what counts holds its days and not its address")
    func definition() throws {
        let text =
            #"{"zone":"UTC","weekly":{"mon":[["08:00","16:00"]]},"holidays":["2026-12-25"],"special":{},"#
            + #""holidays_from":"https://days.example/no.ics"}"#
        let form = CalendarDefinition.form(zones: { try CalendarSample.zones.zone($0) })
        let calendar = try JSON.parse(text).read(form)
        #expect(calendar.json.text == text)
        let counting = calendar.counting(feed: try days(["2027-01-01", "2026-12-25", "2026-12-26"]))
        #expect(counting.holidays.map(\.description) == ["2026-12-25", "2026-12-26", "2027-01-01"])
        #expect(counting.json["holidays_from"] == nil)
        let bad = try JSON.parse(text.replacing("https://days.example/no.ics", with: "no.ics"))
        #expect(throws: JSONFaults.self) { try bad.read(form) }
        var calculator = ClockCalculator(zones: { try CalendarSample.zones.zone($0) })
        let answer = calculator.answer(#"{"op":"open","at":"2026-01-01T00:00:00Z","calendar":\#(text)}"#)
        #expect(answer.contains("/calendar/holidays_from"))
    }
}
