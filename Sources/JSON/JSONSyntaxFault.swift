/// Why a text is not JSON as RFC 8259 has it, and where.
public struct JSONSyntaxFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was found and what should stand there.
    public let detail: String
    /// Bytes before the fault.
    public let position: Int
    /// Counted from 1.
    public let line: Int
    /// Characters of the line up to and including the faulty one, counted from 1.
    public let column: Int

    init(_ detail: String, at position: Int, in bytes: [UInt8]) {
        self.detail = detail
        self.position = position
        let before = bytes.prefix(position)
        line = 1 + before.count { $0 == UInt8(ascii: "\n") }
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        // A byte 10xxxxxx continues a character that was counted at its first byte.
        column = 1 + before[start...].count { $0 & 0xC0 != 0x80 }
    }

    public var description: String { "line \(line), column \(column): \(detail)" }
}
