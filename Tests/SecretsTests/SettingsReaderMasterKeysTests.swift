import Runtime
import Secrets
import Testing

@Suite("The setting of the master keys")
struct SettingsReaderMasterKeysTests {
    private func read(_ value: String?) throws -> MasterKeys {
        var reader = SettingsReader { $0 == "MERIDIAN_SECRET" ? value : nil }
        let keys = reader.masterKeys()
        return try reader.finish { keys }
    }

    @Test("A list of keys is read, and anything else is refused without being shown")
    func reading() throws {
        #expect(try read("a:\(MasterKeysTests.first)").identifiers == ["a"])
        for value in [nil, "hunter2", "a:hunter2"] {
            let faults = #expect(throws: SettingsFaults.self) { try read(value) }
            #expect(faults?.faults.count == 1)
            #expect(faults?.faults.first?.contains("MERIDIAN_SECRET") == true)
            #expect(faults?.faults.first?.contains("hunter2") == false)
        }
    }
}
