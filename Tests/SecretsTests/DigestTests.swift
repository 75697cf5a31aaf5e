import Secrets
import Testing

@Suite("Digests")
struct DigestTests {
    @Test("SHA-256 yields what FIPS 180-4 says")
    func knownDigests() {
        #expect(
            Digest(sha256: "abc").hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            Digest(sha256: "").hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test("A message in pieces has the digest of the whole", arguments: [1, 7, 64, 1000])
    func pieces(size: Int) {
        let message = (0..<5000).map { UInt8(truncatingIfNeeded: $0 * 31) }
        var stream = DigestStream()
        for start in stride(from: 0, to: message.count, by: size) {
            stream.update(Array(message[start..<min(start + size, message.count)]))
        }
        #expect(stream.finish() == Digest(sha256: message))
    }

    @Test("HMAC-SHA256 yields what RFC 4231 says, and what web hubs sign")
    func knownCodes() {
        let key = SecretKey(bytes: Array("Jefe".utf8))
        #expect(
            Digest.hmac(of: "what do ya want for nothing?", key: key).hex
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        let long = SecretKey(bytes: [UInt8](repeating: 0xAA, count: 131))
        #expect(
            Digest.hmac(of: "Test Using Larger Than Block-Size Key - Hash Key First", key: long).hex
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
        #expect(
            Digest.hmac(of: "Hello World!", key: SecretKey(bytes: Array("It's a Secret to Everybody".utf8))).hex
                == "a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9")
    }

    @Test("Digests are equal when all bytes are, and of 32 bytes")
    func equality() {
        let one = Digest(sha256: "one")
        var bytes = one.bytes
        #expect(Digest(bytes: bytes) == one)
        bytes[31] ^= 1
        #expect(Digest(bytes: bytes) != one)
        #expect(Digest(bytes: Array(bytes.dropLast())) == nil)
        #expect(areEqualInConstantTime("token", "token"))
        #expect(!areEqualInConstantTime("token", "tokem"))
        #expect(!areEqualInConstantTime("token", "tokens"))
    }
}
