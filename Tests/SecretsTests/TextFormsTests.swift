import Secrets
import Testing

@Suite("Bytes as text")
struct TextFormsTests {
    @Test("Base64 yields what RFC 4648 says")
    func knownForms() {
        for (plain, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            #expect(Base64.encode(Array(plain.utf8)) == text)
            #expect(Base64.decode(text) == Array(plain.utf8))
        }
        #expect(Base64.encodeURL([0xFB, 0xFF, 0xFE, 0xFF]) == "-__-_w")
        #expect(Base64.decodeURL("-__-_w") == [0xFB, 0xFF, 0xFE, 0xFF])
    }

    @Test("Any bytes come back from every form", arguments: 0..<70)
    func roundTrip(count: Int) {
        let bytes = RandomBytes.make(count)
        #expect(bytes.count == count)
        #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        #expect(Base64.decodeURL(Base64.encodeURL(bytes)) == bytes)
        #expect(Hex.decode(Hex.encode(bytes)) == bytes)
    }

    @Test(
        "A second spelling of the same bytes is refused",
        arguments: ["Zg", "Zg=", "Zh==", "Zg==\n", " Zg==", "Zm9v=", "Z-9v", "Z!9v", "=", "Zg==Zg=="])
    func strictBase64(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test("The alphabet of addresses knows neither padding nor the other alphabet")
    func strictBase64URL() {
        for text in ["Zg==", "+__-_w", "a", "Zh"] { #expect(Base64.decodeURL(text) == nil, "\(text)") }
    }

    @Test("Hexadecimal digits come in pairs and either case")
    func hex() {
        #expect(Hex.decode("00fFA5") == [0, 255, 165])
        for text in ["0", "0g", "é", "0x00"] { #expect(Hex.decode(text) == nil, "\(text)") }
    }

    @Test("Random words are of their alphabet and length, and never the same")
    func tokens() {
        let words = (0..<200).map { _ in RandomToken.base62() }
        #expect(Set(words).count == words.count)
        #expect(
            words.allSatisfy { $0.utf8.count == 43 && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } })
        // Every one of 62 characters is among 8,600 unless it can never be.
        #expect(Set(words.joined()).count == 62)
        #expect(RandomToken.hex(bytes: 16).count == 32)
        #expect(RandomToken.base64url(bytes: 16).count == 22)
    }
}
