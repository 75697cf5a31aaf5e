/// The quoted-printable encoding (RFC 2045, section 6.7).
enum QuotedPrintable {
    /// Decodes leniently: an equals sign that begins nothing stands for itself, hexadecimal digits may be of either
    /// case, blanks at the end of a line vanish.
    static func decode(_ text: ArraySlice<UInt8>) -> (bytes: [UInt8], isClean: Bool) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var isClean = true
        var lines = ByteLines(text)
        while let line = lines.next() {
            var end = line.content.endIndex
            while end > line.content.startIndex, line.content[end - 1].isBlank { end -= 1 }
            var index = line.content.startIndex
            var isSoftBreak = false
            while index < end {
                let byte = text[index]
                guard byte == .equals else {
                    bytes.append(byte)
                    index += 1
                    continue
                }
                if index + 1 == end {
                    isSoftBreak = true
                    index += 1
                } else if index + 2 < end, let high = text[index + 1].hexValue, let low = text[index + 2].hexValue {
                    bytes.append(high << 4 | low)
                    index += 3
                } else {
                    isClean = false
                    bytes.append(byte)
                    index += 1
                }
            }
            // The line end of the source is kept as it was, unless it was only there to keep lines short.
            if !isSoftBreak { bytes += text[line.content.endIndex..<line.next] }
        }
        return (bytes, isClean)
    }

    /// Encodes text whose lines end with CRLF, in lines of at most 76 characters.
    static func encode(_ text: some Sequence<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        var line: [UInt8] = []
        func flush(soft: Bool) {
            output += line
            output += soft ? [.equals, .carriageReturn, .lineFeed] : [.carriageReturn, .lineFeed]
            line.removeAll(keepingCapacity: true)
        }
        var iterator = text.makeIterator()
        var next = iterator.next()
        while let byte = next {
            next = iterator.next()
            if byte == .carriageReturn, next == .lineFeed {
                next = iterator.next()
                flush(soft: false)
                continue
            }
            let isLast = next == nil || next == .carriageReturn
            let isPlain = byte >= 33 && byte <= 126 && byte != .equals || byte.isBlank && !isLast
            // A dot or "From " at the beginning of a line would not survive every transport.
            let isRisky = line.isEmpty && (byte == .dot || byte == UInt8(ascii: "F"))
            let token = isPlain && !isRisky ? [byte] : [.equals, hex(byte >> 4), hex(byte & 15)]
            if line.count + token.count > 75 { flush(soft: true) }
            line += token
        }
        if !line.isEmpty { output += line }
        return output
    }

    static func hex(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 48 + nibble : 55 + nibble }
}
