import Foundation
import Glibc
import Secrets
import Testing

@testable import deskctl

@Suite("The master key of a desk on one machine")
struct MasterKeyFileTests {
    @Test("is made once, for its owner's eyes only, and never replaced")
    func made() throws {
        var template = Array("/tmp/meridian-key-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { try? FileManager.default.removeItem(atPath: folder) }

        let path = "\(folder)/master-key"
        try MasterKeyFile.make(path)
        let key = try String(contentsOfFile: path, encoding: .utf8)
        #expect(try MasterKeys(parsing: key.dropLast()).identifiers == ["1"])
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)

        try MasterKeyFile.make(path)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == key)
    }

    @Test("that cannot be made says where")
    func refused() {
        let fault = #expect(throws: CommandFault.self) { try MasterKeyFile.make("/nonexistent/master-key") }
        #expect(
            fault?.problem == "the master key /nonexistent/master-key cannot be written: No such file or directory.")
    }
}
