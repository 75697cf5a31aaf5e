import Testing

@testable import Catalogue

@Suite("Languages")
struct LanguageTests {
    @Test(
        "A tag of any region finds its language",
        arguments: [
            ("en", Language.english), ("en-GB", .english), ("SV-fi", .swedish), ("nb-NO", .norwegian),
            ("no", .norwegian),
            ("nn-NO", .norwegian), ("nl-BE", .dutch), ("pl_PL", .polish), ("de", nil), ("", nil), ("swe", nil),
        ] as [(String, Language?)])
    func tags(tag: String, language: Language?) {
        #expect(Language(tag: tag) == language)
    }

    @Test(
        "A browser gets the language that it likes best among ours",
        arguments: [
            ("sv-SE,sv;q=0.9,en;q=0.8", Language.swedish), ("de-DE,de;q=0.9,nl;q=0.5,en;q=0.7", .english),
            ("pl;q=0.3, nb ; q=0.8", .norwegian), ("en;q=0,nl;q=0.1", .dutch), ("*", nil), ("de", nil), ("", nil),
            ("en;q=x", nil), ("nl,en", .dutch), (";;,,=q", nil),
        ] as [(String, Language?)])
    func negotiation(field: String, language: Language?) {
        #expect(Language(acceptLanguage: field) == language)
    }

    @Test("A list of languages shows each by its own name")
    func names() {
        #expect(Language.allCases.map(\.ownName) == ["English", "Svenska", "Norsk bokmål", "Nederlands", "Polski"])
    }
}
