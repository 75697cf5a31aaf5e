import Secrets
import Testing

@Suite("Tokens against forged requests")
struct CSRFTokensTests {
    private let tokens = CSRFTokens(MasterKeys(id: "k", key: .random()))

    @Test("A token fits its own session and no other")
    func fits() {
        let token = tokens.token(session: "s1")
        #expect(tokens.accepts(token, session: "s1"))
        #expect(!tokens.accepts(token, session: "s2"))
        #expect(!tokens.accepts(token, session: ""))
        #expect(tokens.token(session: "s1") != token)
    }

    @Test("A changed or cut token does not fit")
    func tampering() {
        let token = tokens.token(session: "s1")
        for index in token.indices {
            var changed = token
            changed.replaceSubrange(index...index, with: token[index] == "0" ? "1" : "0")
            #expect(!tokens.accepts(changed, session: "s1"))
            #expect(!tokens.accepts(token[..<index], session: "s1"))
        }
        #expect(!tokens.accepts(".", session: "s1"))
        #expect(!tokens.accepts(token + "00", session: "s1"))
    }

    @Test("A token outlives the replacement of the key, until the old key goes")
    func rotation() throws {
        let old = try CSRFTokens(MasterKeys(parsing: "a:\(MasterKeysTests.first)"))
        let both = try CSRFTokens(MasterKeys(parsing: "b:\(MasterKeysTests.second),a:\(MasterKeysTests.first)"))
        let new = try CSRFTokens(MasterKeys(parsing: "b:\(MasterKeysTests.second)"))
        let token = old.token(session: "s")
        #expect(both.accepts(token, session: "s"))
        #expect(!new.accepts(token, session: "s"))
        #expect(new.accepts(both.token(session: "s"), session: "s"))
    }
}
