import Foundation
import Glibc
import LocalCluster
import Synchronization

/// The temporary folder of this test process's server. It is short, because a Unix socket's path must be.
///
/// It is in memory where there is room: a database per test means a thousand files made and removed per test, and a
/// disk's file system looks for a place for each of them among those just removed, which was half of all the time.
enum TestFolder {
    private static let memory = "/dev/shm"
    private static let disk = "/tmp"
    /// Bytes that must be free in memory: several times what the largest module's databases take.
    private static let room: UInt64 = 6 << 30
    private static let prefix = "meridian-test-"

    private struct Own {
        var path: String
        /// Held for as long as we live, so that the next run can tell our folder from an abandoned one.
        var lock: FolderLock?
    }

    private static let own = Mutex<Own?>(nil)

    /// Makes the folder and holds it.
    static func make() throws -> String {
        var template = Array("\(hasRoom ? memory : disk)/\(prefix)XXXXXX".utf8CString)
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
        for parent in [memory, disk] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
            for name in names where name.hasPrefix(prefix) {
                let path = "\(parent)/\(name)"
                // A folder that is being made is not locked for a moment; it is not a minute old.
                guard let lock = try? FolderLock(path), isOld(path) else { continue }
                withExtendedLifetime(lock) { try? FileManager.default.removeItem(atPath: path) }
            }
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

    /// Whether the folder in memory may take as much, and the memory behind it has as much to give.
    private static var hasRoom: Bool {
        var system = statvfs()
        guard statvfs(memory, &system) == 0, UInt64(system.f_bavail) * UInt64(system.f_frsize) >= room else {
            return false
        }
        let lines = (try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8))?.split(separator: "\n") ?? []
        let available = lines.first { $0.hasPrefix("MemAvailable:") }?.split(separator: " ").dropFirst().first
        return (available.flatMap { UInt64($0) } ?? 0) * 1024 >= room
    }

    private static func isOld(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && time(nil) - status.st_ctim.tv_sec > 60
    }
}
