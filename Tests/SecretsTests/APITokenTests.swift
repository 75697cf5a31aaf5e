import Testing

@testable import Secrets

@Suite("Tokens of programs")
struct APITokenTests {
    @Test("A token is recognised by its prefix, its length and its check")
    func form() throws {
        let token = APIToken.random(prefix: "mer")
        #expect(token.text.hasPrefix("mer_"))
        #expect(token.text.count == 4 + 43 + 6)
        let again = try #require(APIToken(token.text))
        #expect(again.digest == token.digest)
        #expect(again.prefix == "mer")
        #expect(APIToken.random(prefix: "mer").text != token.text)
        #expect(!"\(token)".contains(token.text.suffix(20)))
    }

    @Test("A mistyped token is known without a look into the database")
    func mistyped() {
        let token = APIToken.random(prefix: "mer").text
        for index in token.indices {
            var changed = token
            changed.replaceSubrange(index...index, with: token[index] == "x" ? "y" : "x")
            #expect(APIToken(changed) == nil)
        }
        for text in ["", "mer_", "_", token + "a", "\(token)_", " \(token)"] {
            #expect(APIToken(text) == nil, "\(text)")
        }
    }

    @Test("The check is the one everybody knows")
    func check() {
        #expect(APIToken.crc32("123456789".utf8) == 0xCBF4_3926)
        #expect(Base62.encode(0) == "000000")
        #expect(Base62.encode(.max) == "4gfFC3")
    }
}
