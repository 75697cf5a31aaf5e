import Testing

@testable import deskctl

@Suite("The word that was meant")
struct SuggestionTests {
    @Test("is the one that a hasty hand would have typed, and none where the guess would be wild")
    func nearest() {
        let words = ["migrate", "ticket", "token", "up", "apply"]
        #expect(Suggestion.of("migrat", among: words) == "migrate")
        #expect(Suggestion.of("mirgate", among: words) == "migrate")
        #expect(Suggestion.of("tokn", among: words) == "token")
        #expect(Suggestion.of("mig", among: words) == "migrate")
        #expect(Suggestion.of("elephant", among: words) == nil)
        #expect(Suggestion.of("", among: words) == nil)
        #expect(Suggestion.of("up", among: []) == nil)
    }
}
