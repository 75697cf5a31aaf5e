/// Cuts a stream of bytes into lines of text.
struct LineSplitter {
    /// A program that never ends its line must not fill our memory.
    static let longestLine = 64 * 1024

    private var rest: [UInt8] = []

    /// The lines that these bytes complete, without their line ends.
    mutating func take(_ bytes: UnsafeRawBufferPointer) -> [String] {
        var lines: [String] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                lines.append(cut())
            } else {
                rest.append(byte)
                if rest.count >= Self.longestLine { lines.append(cut()) }
            }
        }
        return lines
    }

    /// What stood after the last line end.
    mutating func finish() -> String? {
        rest.isEmpty ? nil : cut()
    }

    private mutating func cut() -> String {
        defer { rest.removeAll(keepingCapacity: true) }
        if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
        return String(decoding: rest, as: UTF8.self)
    }
}
