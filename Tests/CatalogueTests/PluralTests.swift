import Testing

@testable import Catalogue

@Suite("Plural forms")
struct PluralTests {
    /// The samples that CLDR gives for Polish.
    @Test(
        "Polish counts as CLDR says",
        arguments: [
            (Plural.one, [1]), (.few, [2, 3, 4, 22, 23, 24, 32, 102, 1002]),
            (.many, [0, 5, 11, 12, 13, 14, 15, 19, 20, 21, 25, 100, 101, 112, 113, 1000, 1_000_000]),
        ])
    func polish(form: Plural, counts: [Int]) {
        for count in counts { #expect(Plural(count, in: .polish) == form, "\(count)") }
    }

    @Test("The others know one and more than one", arguments: [Language.english, .swedish, .norwegian, .dutch])
    func others(language: Language) {
        #expect(Plural(1, in: language) == .one)
        for count in [0, 2, 11, 21, 101] { #expect(Plural(count, in: language) == .other) }
    }

    @Test("A count chooses the word")
    func inWords() {
        let polish = Wording(.polish)
        #expect(
            [1, 2, 5, 22, 112].map { polish(.ticketCount, ["count": $0]) } == [
                "1 zgłoszenie", "2 zgłoszenia", "5 zgłoszeń", "22 zgłoszenia", "112 zgłoszeń",
            ])
        #expect(Wording(.english)(.ticketCount, ["count": 1]) == "1 ticket")
        #expect(Wording(.norwegian)(.ticketCount, ["count": 12345]) == "12\u{A0}345 saker")
    }
}
