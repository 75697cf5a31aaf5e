import Runtime
import Testing

@testable import Secrets

@Suite("Passwords")
struct PasswordHasherTests {
    static let quick = ScryptCost(logRounds: 4, blockSize: 8, parallelism: 1)
    private let hasher = PasswordHasher(offload: Offload(width: 2), cost: quick)

    @Test("scrypt yields what RFC 7914 says")
    func knownHash() {
        let hash = ScryptCost(logRounds: 10, blockSize: 8, parallelism: 16)
            .hash("password", salt: Array("NaCl".utf8), length: 64)
        #expect(Hex.encode(hash).hasPrefix("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"))
    }

    @Test("The recommended cost can be computed, in the memory it says")
    func recommendedCost() {
        #expect(ScryptCost.recommended.memory == 32 << 20)
        #expect(ScryptCost.recommended.hash("x", salt: [1], length: 32).count == 32)
    }

    @Test("The right password is right, another is not, and none fits an unknown name")
    func verdicts() async throws {
        let kept = try await hasher.hash("correct horse")
        #expect(try await hasher.check("correct horse", against: kept) == .right)
        #expect(try await hasher.check("Correct horse", against: kept) == .wrong)
        #expect(try await hasher.check("", against: kept) == .wrong)
        #expect(try await hasher.check("correct horse", against: nil) == .wrong)
        #expect(try await hasher.hash("correct horse").text != kept.text)
    }

    @Test("A password kept at another cost is right, and to be hashed anew")
    func dated() async throws {
        let kept = PasswordHash(hashing: "x", cost: ScryptCost(logRounds: 3, blockSize: 8, parallelism: 1))
        #expect(try await hasher.check("x", against: kept) == .rightButDated)
        #expect(try await hasher.check("y", against: kept) == .wrong)
    }

    @Test("The text of a hash is a PHC string that others can read")
    func text() throws {
        let text = "$scrypt$ln=4,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$Q7EcH175P/kcU7JE2HRU+qTRrq/BS6UbCRYPdBaC5y8"
        let hash = try #require(PasswordHash(text))
        #expect(hash.fits("correct horse"))
        #expect(hash.text == text)
        #expect(!"\(hash)".contains("Q7Ec"))
    }

    @Test(
        "A text that is no hash, or would take all memory, is none",
        arguments: [
            "", "$scrypt$", "scrypt$ln=4,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$Q7EcH175P/kcU7JE2HRU",
            "$scrypt$ln=40,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$Q7EcH175P/kcU7JE2HRU+qTRrq/BS6UbCRYPdBaC5y8",
            "$scrypt$ln=20,r=32,p=1$AAECAwQFBgcICQoLDA0ODw$Q7EcH175P/kcU7JE2HRU+qTRrq/BS6UbCRYPdBaC5y8",
            "$scrypt$ln=-4,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$Q7EcH175P/kcU7JE2HRU+qTRrq/BS6UbCRYPdBaC5y8",
            "$scrypt$ln=4,p=1,r=8$AAECAwQFBgcICQoLDA0ODw$Q7EcH175P/kcU7JE2HRU+qTRrq/BS6UbCRYPdBaC5y8",
            "$scrypt$ln=4,r=8,p=1$AAECAwQFBgcICQoLDA0ODw==$Q7EcH175P/kcU7JE2HRU+qTRrq/BS6UbCRYPdBaC5y8",
            "$scrypt$ln=4,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$",
        ])
    func unreadable(text: String) {
        #expect(PasswordHash(text) == nil)
    }
}
