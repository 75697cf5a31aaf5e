import Desk
import Testing

@Suite("What a supplier's numbers look like")
struct ReferencePatternTests {
    @Test(
        "Digits and capitals are runs, all else stands for itself, and words end where the pattern ends",
        arguments: [
            ("INC#", "Re: INC0012 and (INC7)", ["INC0012", "INC7"]), ("INC#", "XINC1 INC1x INC INCæ1 inc2", []),
            ("@-#", "AB-1, X-2 ABC-34.", ["AB-1", "ABC-34"]), ("FN.#/#", "FN.12/7 FN.12/", ["FN.12/7"]),
            ("#-#", "12-3-4", ["12-3"]), ("A#", "A1é A2", ["A2"]),
        ])
    func matches(pattern: String, text: String, found: [String]) throws {
        #expect(try #require(ReferencePattern(pattern)).matches(in: text) == found)
    }

    @Test("A pattern is short, has a place for digits and no spaces", arguments: ["", "#", "INC", "IN C#", "Ø#"])
    func noPattern(text: String) {
        #expect(ReferencePattern(text) == nil)
    }

    @Test("A hostile text takes time in proportion to its length")
    func hostile() throws {
        let text = String(repeating: "AAAAAAAAAA-", count: 100_000)
        #expect(ReferencePattern.project.matches(in: text).isEmpty)
    }
}
