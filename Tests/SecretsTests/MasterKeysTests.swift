import Testing

@testable import Secrets

@Suite("Master keys")
struct MasterKeysTests {
    static let first = Base64.encode([UInt8](repeating: 1, count: 32))
    static let second = Base64.encode([UInt8](repeating: 2, count: 32))

    @Test("The list is read newest first, with white space around it")
    func reading() throws {
        let keys = try MasterKeys(parsing: " 2026b:\(Self.second), 2026a:\(Self.first)\n")
        #expect(keys.identifiers == ["2026b", "2026a"])
        #expect(keys.keys(for: "csrf").count == 2)
        #expect(try keys.keys(for: "csrf")[1] == MasterKeys(parsing: "x:\(Self.first)").keys(for: "csrf")[0])
    }

    @Test("Every fault is told at once, by the key's number or name")
    func faults() {
        let short = Base64.encode([1, 2, 3])
        #expect(
            throws: MasterKeys.Fault(reasons: [
                "key 1 has no name before a colon; write name:key, the key from `openssl rand -base64 32`",
                "the name of key 2 must be 1 to 32 letters, digits, dots, dashes or underscores; "
                    + "write name:key, the key from `openssl rand -base64 32`",
                "key \"a\" is not base64; write name:key, the key from `openssl rand -base64 32`",
                "key \"b\" has 3 bytes and needs 32 or more; write name:key, the key from `openssl rand -base64 32`",
                "two keys are named \"c\"; give each its own name",
            ])
        ) {
            try MasterKeys(parsing: "word,å:\(Self.first),a:???,b:\(short),c:\(Self.first),c:\(Self.second)")
        }
        #expect(throws: MasterKeys.Fault.self) { try MasterKeys(parsing: "") }
        #expect(throws: MasterKeys.Fault.self) { try MasterKeys(parsing: "a:\(Self.first),") }
    }

    @Test("No fault quotes what might be a key")
    func discretion() {
        let fault = #expect(throws: MasterKeys.Fault.self) { try MasterKeys(parsing: "a:hunter2,hunter2,b:hunter2=") }
        #expect(fault?.description.contains("hunter2") == false)
    }
}
