import Testing

@testable import Secrets

@Suite("Secret keys")
struct SecretKeyTests {
    @Test("HKDF yields what RFC 5869 says")
    func knownDerivation() throws {
        let bytes = [UInt8](repeating: 0x0B, count: 22)
        let extracted = SecretKey.extract(bytes, salt: try #require(Hex.decode("000102030405060708090a0b0c")))
        #expect(
            Hex.encode(extracted.bytes) == "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")
        let info = try #require(Hex.decode("f0f1f2f3f4f5f6f7f8f9"))
        #expect(
            Hex.encode(SecretKey.expand(extracted, info: info, count: 42))
                == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
        let unsalted = SecretKey.expand(SecretKey.extract(bytes, salt: []), info: [], count: 42)
        #expect(
            Hex.encode(unsalted)
                == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")
    }

    @Test("Each purpose has a key of its own, the same each time")
    func purposes() {
        let key = SecretKey.random()
        #expect(key.derived(for: "csrf") == key.derived(for: "csrf"))
        #expect(key.derived(for: "csrf") != key.derived(for: "mail"))
        #expect(key.derived(for: "csrf") != SecretKey.random().derived(for: "csrf"))
    }

    @Test("A key shows itself in no text")
    func isSilent() {
        let key = SecretKey(bytes: Array("0123456789abcdef".utf8))
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(!text.contains("48") && !text.contains("0123"), "\(text)")
        }
    }
}
