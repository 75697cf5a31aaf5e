import Glibc
import Mail
import Runtime
import Synchronization

/// A folder of messages, `0001.eml`, `0002.eml` and so on. Whoever looks into it sees whole messages only.
final class MessageFolder: Sendable {
    private let path: String
    private let last: Mutex<Int>

    /// Opens the folder, made if need be, and goes on with the numbers that are there. Blocks.
    init(_ path: String) throws(SystemError) {
        self.path = path
        if mkdir(path, 0o755) != 0, errno != EEXIST { throw SystemError("mkdir", path) }
        guard let folder = opendir(path) else { throw SystemError("opendir", path) }
        defer { closedir(folder) }
        var highest = 0
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.hasSuffix(".eml"), let number = Int(name.dropLast(4)) else { continue }
            highest = max(highest, number)
        }
        last = Mutex(highest)
    }

    /// Writes a message, its envelope noted before it as final delivery does (RFC 5321, section 4.4). Blocks.
    ///
    /// - Returns: the name of its file.
    func keep(_ envelope: Envelope, _ content: [UInt8]) throws(SystemError) -> String {
        let number = last.withLock { last in
            last += 1
            return last
        }
        let digits = String(number)
        let name = String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + ".eml"
        var trace = "Return-Path: <\(envelope.sender?.specification ?? "")>\r\n"
        for recipient in envelope.recipients { trace += "Delivered-To: \(recipient.specification)\r\n" }
        let unfinished = "\(path)/.\(name).part"
        try write(Array(trace.utf8) + content, to: unfinished)
        guard rename(unfinished, "\(path)/\(name)") == 0 else { throw SystemError("rename", unfinished) }
        return name
    }

    private func write(_ bytes: [UInt8], to path: String) throws(SystemError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SystemError("open", path) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw SystemError("write", path) }
            rest = rest.dropFirst(count)
        }
    }
}
