import Foundation
import Testing

@testable import Catalogue

@Suite("The message catalogues")
struct MessageCatalogueTests {
    private func texts(_ language: Language) -> [(phrase: Phrase, form: String, pieces: [Message.Piece])] {
        Phrase.allCases.flatMap { phrase -> [(Phrase, String, [Message.Piece])] in
            switch MessageCatalogue.of(language).messages[phrase]?.text {
            case .plain(let pieces): [(phrase, "", pieces)]
            case .counted(let forms): forms.map { (phrase, $0.key.rawValue, $0.value) }
            case nil: []
            }
        }
    }

    private func names(_ pieces: [Message.Piece]) -> Set<String> {
        Set(pieces.compactMap { if case .value(let name) = $0 { name } else { nil } })
    }

    private func words(_ pieces: [Message.Piece]) -> String {
        pieces.map { if case .text(let text) = $0 { text } else { "{}" } }.joined()
    }

    @Test("Every language says everything, and nothing that nobody asks for", arguments: Language.allCases)
    func complete(language: Language) throws {
        let catalogue = try MessageCatalogue(MessageCatalogue.bytes(of: language), language: language)
        #expect(catalogue.messages.count == Phrase.allCases.count)
    }

    @Test("A phrase has the same values in every language", arguments: Language.allCases)
    func values(language: Language) {
        let english = Dictionary(grouping: texts(.english), by: \.phrase)
        for (phrase, form, pieces) in texts(language) {
            let there = names((english[phrase] ?? []).flatMap(\.pieces))
            // "The last day" needs no figure where there is one only.
            let here = form == "one" ? names(pieces).union(["count"]) : names(pieces)
            #expect(here == there, "\(language.tag) \(phrase) \(form)")
        }
    }

    @Test("What counts in one language counts in all", arguments: Language.allCases)
    func counted(language: Language) {
        func counted(_ language: Language) -> Set<Phrase> {
            Set(texts(language).filter { $0.form == "other" }.map(\.phrase))
        }
        #expect(counted(language) == counted(.english))
    }

    @Test("A text is set as a printer would set it", arguments: Language.allCases)
    func typography(language: Language) {
        for (phrase, form, pieces) in texts(language) {
            let text = words(pieces)
            let place = "\(language.tag) \(phrase) \(form): \(text)"
            #expect(text == text.trimmingCharacters(in: .whitespacesAndNewlines), "\(place)")
            #expect(!text.contains("  ") && !text.contains("..."), "\(place)")
            #expect(!text.contains("\"") && !text.contains("'"), "typographic quotation marks: \(place)")
            #expect(!text.contains("<") && !text.contains("&"), "no markup: \(place)")
        }
    }

    @Test(
        "A text ends like the English one, with a full stop, a question mark or nothing", arguments: Language.allCases)
    func endings(language: Language) {
        let english = Dictionary(texts(.english).map { ($0.phrase, $0) }) { first, _ in first }
        for (phrase, form, pieces) in texts(language) {
            guard let model = english[phrase], !Self.freelyEnding.contains(phrase) else { continue }
            func ending(_ text: String) -> Character? { text.last.flatMap { ".?:".contains($0) ? $0 : nil } }
            #expect(ending(words(pieces)) == ending(words(model.pieces)), "\(language.tag) \(phrase) \(form)")
        }
    }

    /// Abbreviations, and headings that are questions in some languages.
    private static let freelyEnding: Set<Phrase> = [
        .unitHour, .portalSentNext, .mailGreeting, .mailGreetingNameless,
    ]

    @Test("Nothing was left in English", arguments: Language.allCases.filter { $0 != .english })
    func translated(language: Language) {
        let english = Dictionary(texts(.english).map { ($0.phrase, $0) }) { first, _ in first }
        for (phrase, form, pieces) in texts(language) where !Self.international.contains(phrase) {
            let there = words(english[phrase]?.pieces ?? [])
            // Cousins share words such as Status, Team and Filter; a sentence is never the same.
            let isSentence = there.contains { $0.isLetter } && there.contains(" ")
            #expect(!isSentence || words(pieces) != there, "\(language.tag) \(phrase) \(form): \(there)")
        }
    }

    private static let international: Set<Phrase> = [.productName, .deskName]

    @Test(
        "Each language is recognised by its letters",
        arguments: [
            (Language.swedish, "å ä ö"), (.norwegian, "å ø"), (.dutch, "ij ee"), (.polish, "ą ę ł ż ź ć ś ó"),
        ])
    func letters(language: Language, letters: String) {
        let all = texts(language).map { words($0.pieces) }.joined().lowercased()
        for letter in letters.split(separator: " ") {
            #expect(all.contains(letter), "\(language.tag) has no \(letter)")
        }
    }

    @Test("A file with faults tells all of them by name")
    func faults() {
        let text = #"{"formats":{},"messages":{"yes":"{a","no":{"one":"x"},"extra":"x"}}"#
        let fault = #expect(throws: (any Error).self) { try MessageCatalogue(Array(text.utf8), language: .polish) }
        let description = fault.map { "\($0)" } ?? ""
        #expect(description.contains("/messages/yes must have a name in every pair of braces"))
        #expect(description.contains("/messages/no/few is required"))
        #expect(description.contains("/messages/save is required"))
    }
}
