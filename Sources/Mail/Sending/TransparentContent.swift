/// A message in the form in which it travels after DATA (RFC 5321, section 4.5.2).
enum TransparentContent {
    /// The message with every line ending in CRLF, dots at the beginning of lines doubled, and the final dot. No line
    /// end stands alone in it, so that no server can take a part of it for its end.
    static func bytes(of message: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(message.count + message.count / 32 + 8)
        var isAtLineStart = true
        var last: UInt8 = 0
        for byte in message {
            if byte == .lineFeed, last == .carriageReturn {
                last = byte
                continue
            }
            last = byte
            if byte.isLineEnd {
                output += [.carriageReturn, .lineFeed]
                isAtLineStart = true
                continue
            }
            if isAtLineStart, byte == .dot { output.append(.dot) }
            isAtLineStart = false
            output.append(byte)
        }
        if !isAtLineStart { output += [.carriageReturn, .lineFeed] }
        return output + [.dot, .carriageReturn, .lineFeed]
    }
}
