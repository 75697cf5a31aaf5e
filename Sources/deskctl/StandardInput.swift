import Glibc
import Runtime

/// What is piped into the command, where it is one thing and not lines.
enum StandardInput {
    /// Everything up to its end.
    ///
    /// - Throws: `CommandFault` where it cannot be read or is longer.
    static func bytes(atMost limit: Int, descriptor: Int32 = 0) throws(CommandFault) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw CommandFault("standard input cannot be read: \(SystemError("read")).", status: .inputOutput)
            }
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
            guard bytes.count <= limit else {
                throw CommandFault("standard input is longer than \(limit) bytes.", status: .data)
            }
        }
    }

    /// The same without the line break that editors and `echo` add.
    static func withoutLineEnd(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.last == UInt8(ascii: "\n") else { return bytes }
        let line = bytes.dropLast()
        return Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
    }
}
