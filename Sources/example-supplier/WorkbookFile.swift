import Foundation
import Glibc
import Runtime
import Synchronization

/// The workbook as a file, which is always whole: a change counts once it is on the disk, and then for good.
final class WorkbookFile: Sendable {
    private let path: String
    private let workbook: Mutex<Workbook>
    private let offload: Offload

    /// Opens the file; there need be none yet.
    ///
    /// - Throws: `SystemError` or `DecodingError` when the file cannot be read.
    init(_ path: String, offload: Offload) async throws {
        let known = try await offload.run {
            guard access(path, F_OK) == 0 else { return Workbook() }
            return try JSONDecoder().decode(Workbook.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
        }
        (self.path, self.offload) = (path, offload)
        workbook = Mutex(known)
    }

    var current: Workbook { workbook.withLock { $0 } }

    /// Makes a change and returns when it is on the disk.
    func change<Answer: Sendable>(_ body: @escaping @Sendable (inout Workbook) -> Answer) async throws -> Answer {
        try await offload.run { [self] in
            try workbook.withLock { workbook in
                var changed = workbook
                let answer = body(&changed)
                try save(changed)
                workbook = changed
                return answer
            }
        }
    }

    private func save(_ workbook: Workbook) throws {
        let unfinished = path + ".part"
        let descriptor = open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError("open", unfinished) }
        defer { close(descriptor) }
        var rest = Array(try JSONEncoder().encode(workbook))[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw SystemError("write", unfinished) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw SystemError("fsync", unfinished) }
        guard rename(unfinished, path) == 0 else { throw SystemError("rename", unfinished) }
    }
}
