import Secrets
import Testing

@Suite("Base32")
struct Base32Tests {
    @Test(
        "The vectors of RFC 4648, section 10, in lower case and without padding",
        arguments: [
            ("", ""), ("f", "my"), ("fo", "mzxq"), ("foo", "mzxw6"), ("foob", "mzxw6yq"), ("fooba", "mzxw6ytb"),
            ("foobar", "mzxw6ytboi"),
        ])
    func vectors(plain: String, encoded: String) {
        #expect(Base32.encode(Array(plain.utf8)) == encoded)
        #expect(Base32.decode(encoded) == Array(plain.utf8))
        #expect(Base32.decode(encoded.uppercased()) == Array(plain.utf8))
    }

    @Test("What is no Base32 is refused", arguments: ["m1", "m", "mz!w6", "mz", "ny\u{e9}"])
    func refused(text: String) {
        #expect(Base32.decode(text) == nil)
    }
}
