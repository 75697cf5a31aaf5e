import Secrets
import Testing

@Suite("Seals")
struct SealTests {
    private let seal = Seal(MasterKeys(id: "k", key: .random()), purpose: "supplier secrets")

    @Test("What is sealed is opened, at the same place only", arguments: [0, 1, 15, 16, 17, 5000])
    func roundTrip(count: Int) throws {
        let plain = RandomBytes.make(count)
        let sealed = seal.seal(plain, for: "secret/ACME")
        #expect(try seal.open(sealed, for: "secret/ACME") == plain)
        #expect(throws: Seal.Fault.notAuthentic) { try seal.open(sealed, for: "secret/OTHER") }
        #expect(sealed != seal.seal(plain, for: "secret/ACME"))
    }

    @Test("A changed bit anywhere is noticed")
    func tampering() {
        let sealed = seal.seal(Array("hunter2".utf8), for: "x")
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: Seal.Fault.self, "byte \(index)") { try seal.open(changed, for: "x") }
        }
        for length in 0..<sealed.count {
            #expect(throws: Seal.Fault.self, "\(length) bytes") {
                try seal.open(Array(sealed.prefix(length)), for: "x")
            }
        }
    }

    @Test("A newer key opens what the older sealed, and tells that it is dated")
    func rotation() throws {
        let old = try MasterKeys(parsing: "a:\(MasterKeysTests.first)")
        let both = try MasterKeys(parsing: "b:\(MasterKeysTests.second),a:\(MasterKeysTests.first)")
        let new = try MasterKeys(parsing: "b:\(MasterKeysTests.second)")
        let sealed = Seal(old, purpose: "p").seal([1, 2, 3], for: "x")
        #expect(try Seal(both, purpose: "p").open(sealed, for: "x") == [1, 2, 3])
        #expect(Seal(both, purpose: "p").isDated(sealed))
        #expect(!Seal(old, purpose: "p").isDated(sealed))
        #expect(throws: Seal.Fault.unknownKey("a")) { try Seal(new, purpose: "p").open(sealed, for: "x") }
        #expect(throws: Seal.Fault.notAuthentic) { try Seal(both, purpose: "q").open(sealed, for: "x") }
    }
}
