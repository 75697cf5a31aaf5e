/// The bytes of a message as they come in line by line, dots unstuffed (RFC 5321, section 4.5.2).
struct MessageContent {
    private(set) var bytes: [UInt8] = []
    /// Whether a line feed or carriage return stood alone.
    private(set) var hasBareLineEnd = false
    /// Whether more came than the limit; then the bytes are gone.
    private(set) var isTooBig = false
    private var isAtLineStart = true
    private var last: UInt8 = 0

    /// Takes bytes out of `input` from `position` on. True when the end of the message was among them.
    mutating func takeLines(_ input: [UInt8], at position: inout Int, limit: Int) -> Bool {
        while position < input.count {
            if isAtLineStart, input[position] == .dot {
                guard position + 1 < input.count else { return false }
                if input[position + 1] == .carriageReturn {
                    guard position + 2 < input.count else { return false }
                    if input[position + 2] == .lineFeed {
                        position += 3
                        return true
                    }
                }
                position += 1
            }
            isAtLineStart = false
            let feed = input[...].firstLineFeed(from: position)
            let end = feed.map { $0 + 1 } ?? input.count
            append(input[position..<end], limit: limit)
            position = end
        }
        return false
    }

    /// Takes bytes as they are.
    mutating func append(raw chunk: ArraySlice<UInt8>, limit: Int) {
        guard !isTooBig, bytes.count + chunk.count <= limit else {
            isTooBig = true
            bytes = []
            return
        }
        bytes += chunk
    }

    /// Takes a line or a piece of one; at most its last byte is a line feed.
    private mutating func append(_ piece: ArraySlice<UInt8>, limit: Int) {
        guard let final = piece.last else { return }
        let beforeLast = piece.count > 1 ? piece[piece.endIndex - 2] : last
        if final == .lineFeed {
            isAtLineStart = beforeLast == .carriageReturn
            if !isAtLineStart { hasBareLineEnd = true }
        }
        // A carriage return is alone if anything but a line feed follows it.
        if last == .carriageReturn, piece.first != .lineFeed { hasBareLineEnd = true }
        if !hasBareLineEnd, piece.dropLast(2).contains(.carriageReturn) { hasBareLineEnd = true }
        if !hasBareLineEnd, final != .lineFeed, piece.count > 1, beforeLast == .carriageReturn { hasBareLineEnd = true }
        last = final
        append(raw: piece, limit: limit)
    }
}
