import JSON
import Testing

@Suite("Suggestions")
struct NearestWordTests {
    @Test(
        "The word that was meant is found, and none where none is near",
        arguments: [
            ("migrat", "migrate"), ("aply", "apply"), ("TICKETS", "ticket"), ("tikcet", "ticket"), ("jbos", "jobs"),
            ("banana", nil), ("", nil), ("x", nil),
        ] as [(String, String?)])
    func nearest(word: String, meant: String?) {
        #expect(NearestWord.to(word, among: ["migrate", "apply", "ticket", "jobs"]) == meant)
    }

    @Test("A word of a thousand letters costs nothing")
    func long() {
        #expect(NearestWord.to(String(repeating: "a", count: 1000), among: ["apply"]) == nil)
    }
}
