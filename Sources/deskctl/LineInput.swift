import Glibc
import Runtime

/// Reads lines as they come: all that have arrived, so that a partner in a conversation gets its answers at once and a
/// long file is read in large pieces. Blank lines count.
struct LineInput {
    /// What is longer than that is a mistake in what was piped in.
    static let longestLine = 16 << 20
    /// How much is left of a line that is too long: it is not whole, and no reader takes it for that.
    static let shortened = 64

    let descriptor: Int32
    private var rest: [UInt8] = []
    /// Where the search for the end of a line goes on.
    private var searched = 0
    private var isSkipping = false
    private var hasEnded = false

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// The lines that have arrived, at least one, after waiting for it; nil at the end.
    mutating func next() throws -> [String]? {
        while !hasEnded {
            try read()
            let newline = rest[searched...].lastIndex(of: UInt8(ascii: "\n"))
            searched = rest.count
            guard var end = newline.map({ $0 + 1 }) ?? (hasEnded && !rest.isEmpty ? rest.count : nil) else {
                shorten()
                continue
            }
            if hasEnded { end = rest.count }
            let whole = rest[..<end].last == UInt8(ascii: "\n") ? rest[..<(end - 1)] : rest[..<end]
            var lines = whole.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            // What came since it was shortened would make the beginning of the line whole again.
            if isSkipping, let first = lines.first { lines[0] = first.prefix(Self.shortened) }
            rest.removeFirst(end)
            (searched, isSkipping) = (rest.count, false)
            return lines.map { String(decoding: $0, as: UTF8.self) }
        }
        return nil
    }

    /// Lets go of what is too much of a line whose end has not come.
    private mutating func shorten() {
        isSkipping = isSkipping || rest.count > Self.longestLine
        guard isSkipping, rest.count > Self.shortened else { return }
        rest = Array(rest.prefix(Self.shortened))
        searched = rest.count
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
    }
}
