import Glibc
import Runtime

/// Reads lines as they come: all that have arrived, so that a partner in a conversation gets its answers at once and a
/// long file is read in large pieces.
struct LineInput {
    /// A line that does not fit is a mistake in what was piped in.
    static let longestLine = 16 << 20

    let descriptor: Int32
    private var rest: [UInt8] = []
    private var hasEnded = false

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// The lines that have arrived, at least one, after waiting for it; nil at the end.
    mutating func next() throws -> [String]? {
        while !hasEnded {
            try read()
            let end = hasEnded ? rest.count : rest.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            guard end > 0 else { continue }
            let lines = rest[..<end].split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
            rest.removeFirst(end)
            if !lines.isEmpty { return lines }
        }
        return nil
    }

    private mutating func read() throws {
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
        if count < 0 && errno == EINTR { return }
        guard count >= 0 else {
            throw CommandFault("standard input cannot be read: \(SystemError("read")).", status: .inputOutput)
        }
        hasEnded = count == 0
        rest += piece[..<count]
        guard rest.count <= Self.longestLine || rest.contains(UInt8(ascii: "\n")) else {
            throw CommandFault("a line of standard input is longer than 16 MB.", status: .data)
        }
    }
}
