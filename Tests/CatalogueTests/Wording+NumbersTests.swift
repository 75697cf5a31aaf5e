import Foundation
import Testing

@testable import Catalogue

@Suite("Numbers")
struct WordingNumbersTests {
    /// Our minus sign is the typographic one everywhere.
    private func plain(_ text: String) -> String { text.replacing("\u{2212}", with: "-") }

    @Test("Numbers are grouped as Unicode's locale data has it", arguments: Language.allCases)
    func grouping(language: Language) {
        let locale = Locale(identifier: language.tag)
        for number in [0, 7, 999, 1000, 1234, 12345, 999_999, 1_000_000, 123_456_789, -5, -1234, -98765] {
            #expect(plain(Wording(language).number(number)) == plain(number.formatted(.number.locale(locale))))
        }
    }

    @Test("Decimals and percentages are those of Unicode's locale data", arguments: Language.allCases)
    func decimals(language: Language) {
        let locale = Locale(identifier: language.tag)
        for number in [0.0, 0.05, 1.25, 12.5, 1234.75, 99999.99] {
            let style = FloatingPointFormatStyle<Double>.number.locale(locale).precision(.fractionLength(2))
            #expect(Wording(language).number(number, decimals: 2) == number.formatted(style))
        }
        for share in [0.0, 0.07, 0.953, 1] {
            let style = FloatingPointFormatStyle<Double>.Percent.percent.locale(locale).precision(.fractionLength(0))
            #expect(Wording(language).percent(share) == share.formatted(style))
        }
    }

    @Test("Halves are rounded away from zero, and nothing is ever minus zero")
    func rounding() {
        let english = Wording(.english)
        #expect(english.number(2.5, decimals: 0) == "3")
        #expect(english.number(-2.5, decimals: 0) == "\u{2212}3")
        #expect(english.number(-0.001, decimals: 1) == "0.0")
        for value in [Double.nan, .infinity, 1e15, -1e300] { #expect(english.number(value, decimals: 6) == "–") }
        #expect(english.percent(0.9534, decimals: 1) == "95.3%")
    }

    @Test("The size of a file is short")
    func sizes() {
        let swedish = Wording(.swedish)
        #expect(
            [0, 999, 1000, 1001, 25_000_000, 1_500_000_000].map(swedish.size).map { $0.replacing("\u{A0}", with: " ") }
                == [
                    "0 B", "999 B", "1 kB", "2 kB", "25,0 MB", "1,5 GB",
                ])
    }
}
