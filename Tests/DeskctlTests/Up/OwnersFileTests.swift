import Foundation
import Glibc
import Testing

@testable import deskctl

@Suite("A file for its owner alone")
struct OwnersFileTests {
    @Test("is made once, for nobody else to read, and never replaced")
    func made() throws {
        var template = Array("/tmp/meridian-key-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { try? FileManager.default.removeItem(atPath: folder) }

        let path = "\(folder)/master-key"
        try OwnersFile.make(path, containing: "first\n")
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        try OwnersFile.make(path, containing: "second\n")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "first\n")
    }

    @Test("that cannot be made says where")
    func refused() {
        let fault = #expect(throws: CommandFault.self) { try OwnersFile.make("/nonexistent/key", containing: "") }
        #expect(
            fault?.problem == "the file /nonexistent/key cannot be made: No such file or directory.")
    }
}
