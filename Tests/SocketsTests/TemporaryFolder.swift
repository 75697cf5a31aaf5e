import Glibc

/// A folder that goes with its contents when the test ends.
final class TemporaryFolder: Sendable {
    private let root: String

    struct NotMade: Error {}

    init() throws {
        var template = Array("/tmp/sockets-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw NotMade() }
        root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        if let folder = opendir(root) {
            while let entry = readdir(folder) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                unlink(path(name))
            }
            closedir(folder)
        }
        rmdir(root)
    }

    func path(_ name: String) -> String { "\(root)/\(name)" }
}
