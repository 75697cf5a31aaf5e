import Foundation
import Moments
import Testing
import TimeZones

@testable import Catalogue

@Suite("Dates and times")
struct WordingDatesTests {
    private let moment = Moment(rfc3339: "2026-03-12T13:05:00Z") ?? Moment(seconds: 0)

    private func oslo() throws -> Zone { try TimeZones().zone("Europe/Oslo") }

    @Test(
        "A time says its day in words and its zone",
        arguments: [
            (Language.english, "12 Mar 2026, 14:05 CET"), (.swedish, "12 mars 2026 14:05 CET"),
            (.norwegian, "12. mars 2026, 14:05 CET"), (.dutch, "12 mrt 2026, 14:05 CET"),
            (.polish, "12 mar 2026, 14:05 CET"),
        ])
    func dateAndTime(language: Language, text: String) throws {
        let written = Wording(language).dateAndTime(moment, in: try oslo())
        #expect(written.replacing("\u{A0}", with: " ") == text)
    }

    @Test("A zone without a word shows what its number means")
    func numericZone() throws {
        let zone = try TimeZones().zone("America/Sao_Paulo")
        #expect(Wording(.english).time(moment, in: zone) == "10:05\u{A0}UTC-03")
    }

    @Test("Months and weekdays are those of Unicode's locale data", arguments: Language.allCases)
    func names(language: Language) {
        let calendar = DateFormatter()
        calendar.locale = Locale(identifier: language.tag)
        let formats = MessageCatalogue.of(language).formats
        #expect(formats.months == calendar.monthSymbols)
        #expect(formats.lonelyMonths == calendar.standaloneMonthSymbols)
        let fromMonday = { (names: [String]?) in (names ?? []).dropFirst() + (names ?? []).prefix(1) }
        #expect(formats.weekdays == Array(fromMonday(calendar.weekdaySymbols)))
    }

    @Test("A date in full has its weekday")
    func long() throws {
        let zone = try oslo()
        #expect(Wording(.english).date(moment, in: zone, .long) == "Thursday 12 March 2026")
        #expect(Wording(.norwegian).date(moment, in: zone, .long) == "torsdag 12. mars 2026")
        #expect(Wording(.polish).date(moment, in: zone, .long) == "czwartek, 12 marca 2026")
        #expect(Wording(.swedish).date(moment, in: zone, .dayAndMonth) == "12 mars")
    }

    @Test("A month alone stands in the nominative")
    func month() throws {
        let date = try #require(CivilDate(year: 2026, month: 3, day: 12))
        #expect(Wording(.polish).month(date) == "marzec 2026")
        #expect(Wording(.english).month(date) == "March 2026")
        #expect(Wording(.dutch).weekday(.thursday, short: true) == "do")
    }
}
