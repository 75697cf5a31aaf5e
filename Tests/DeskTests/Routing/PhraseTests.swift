import Testing

@testable import Desk

@Suite("Phrases in texts")
struct PhraseTests {
    private func isFound(_ phrase: String, in text: String) throws -> Bool {
        TextWords(TextWords.of(text)).contain(try #require(Phrase(phrase)))
    }

    @Test(
        "Whole words are found whatever their case and what stands around them",
        arguments: [
            ("vpn", "My VPN, again"), ("out of office", "I am out-of-office today"), ("nettverk*", "Nettverksfeil"),
            ("nie działa", "Drukarka NIE DZIAŁA!"), ("ny bær*", "Trenger ny bærbar"), ("wi fi", "the Wi-Fi"),
            ("café", "Cafe\u{301}-bar"), ("ärende", "i ÄRENDE7, ärende: 7"), ("7", "ärende:7"),
        ])
    func finds(phrase: String, text: String) throws {
        #expect(try isFound(phrase, in: text))
    }

    @Test(
        "Parts of words are not, nor words that do not follow one another",
        arguments: [
            ("down", "download it"), ("wan", "I want it"), ("out of office", "out of the office"),
            ("nettverk", "Nettverksfeil"), ("ny bær*", "bærbar, ny"), ("vpn", ""), ("a b c", "a b"),
        ])
    func doesNotFind(phrase: String, text: String) throws {
        #expect(try !isFound(phrase, in: text))
    }

    @Test("What holds no word is no phrase", arguments: ["", "*", " - "])
    func refuses(text: String) {
        #expect(Phrase(text) == nil)
    }
}
