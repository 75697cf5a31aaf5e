import Foundation
import Glibc
import LocalCluster
import Synchronization

/// The temporary folder of this test process's server. It is short, because a Unix socket's path must be.
enum TestFolder {
    private static let parent = "/tmp"
    private static let prefix = "meridian-test-"

    private struct Own {
        var path: String
        /// Held for as long as we live, so that the next run can tell our folder from an abandoned one.
        var lock: FolderLock?
    }

    private static let own = Mutex<Own?>(nil)

    /// Makes the folder and holds it.
    static func make() throws -> String {
        var template = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let lock = try FolderLock(path)
        // The server's user, who is another when we are root, must be able to pass through.
        chmod(path, 0o711)
        own.withLock { $0 = Own(path: path, lock: lock) }
        return path
    }

    /// Removes the folders of processes that were killed.
    static func removeAbandoned() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        for name in names where name.hasPrefix(prefix) {
            let path = "\(parent)/\(name)"
            // A folder that is being made is not locked for a moment; it is not a minute old.
            guard let lock = try? FolderLock(path), isOld(path) else { continue }
            withExtendedLifetime(lock) { try? FileManager.default.removeItem(atPath: path) }
        }
    }

    /// Removes ours.
    static func removeOwn() {
        own.withLock { own in
            guard let path = own?.path else { return }
            try? FileManager.default.removeItem(atPath: path)
            own = nil
        }
    }

    private static func isOld(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && time(nil) - status.st_ctim.tv_sec > 60
    }
}
