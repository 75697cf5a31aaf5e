import Moments
import Testing

@testable import Catalogue

@Suite("Lengths of time")
struct WordingDurationsTests {
    @Test(
        "A length is told in its two largest units",
        arguments: [
            (0, "0 s"), (45, "45 s"), (60, "1 min"), (119, "1 min"), (3600, "1 h"), (8100, "2 h 15 min"),
            (86_400, "1 d"),
            (90_000, "1 d 1 h"), (86_460, "1 d"), (273_600, "3 d 4 h"), (-8100, "2 h 15 min"),
        ])
    func short(seconds: Int, text: String) {
        let written = Wording(.english).duration(.seconds(seconds))
        #expect(written.replacing("\u{A0}", with: " ") == text)
    }

    @Test("In sentences the units are words")
    func long() {
        #expect(Wording(.english).duration(.seconds(8100), .long) == "2 hours 15 minutes")
        #expect(Wording(.swedish).duration(.seconds(3660), .long) == "1 timme 1 minut")
        #expect(Wording(.polish).duration(.seconds(5 * 3600 + 22 * 60), .long) == "5 godzin 22 minuty")
        #expect(Wording(.dutch).duration(.seconds(172_800), .long) == "2 dagen")
    }

    @Test("A length in the tightest form keeps figure and unit on one line", arguments: Language.allCases)
    func unbroken(language: Language) {
        #expect(Wording(language).duration(.seconds(8100)).split(separator: " ").count == 2)
    }

    @Test(
        "Before and after now are told in the largest unit",
        arguments: [
            (-30, "just now"), (-60, "1 minute ago"), (-7300, "2 hours ago"), (-200_000, "2 days ago"),
            (59, "just now"),
            (300, "in 5 minutes"), (3600, "in 1 hour"), (90_000, "in 1 day"),
        ])
    func relative(seconds: Int, text: String) {
        let now = Moment(seconds: 1_773_320_700)
        #expect(Wording(.english).relative(now + .seconds(seconds), now: now) == text)
    }
}
