/// Reads the encoded words of a header (RFC 2047 with the language of RFC 2231), however badly they were made.
enum EncodedWords {
    private enum Piece {
        case plain(ArraySlice<UInt8>)
        case word(charset: String, bytes: [UInt8])
    }

    /// The text of an unfolded value: words decoded, 8-bit characters outside them read as UTF-8 or else in the set
    /// that the rest of the message uses, control characters replaced by blanks, blanks around it removed.
    static func decode(_ value: ArraySlice<UInt8>, hint: String? = nil) -> String {
        var text = ""
        var pending: (charset: String, bytes: [UInt8])?
        var held: ArraySlice<UInt8> = []

        func flush() {
            if let word = pending { text += Charset.text(of: word.bytes[...], label: word.charset).text }
            pending = nil
            if !held.isEmpty { text += Charset.unlabelledText(held, hint: hint) }
            held = []
        }
        for piece in pieces(of: value) {
            switch piece {
            case .plain(let bytes):
                // Blanks between two words vanish, so they are held until the next piece is known.
                if pending != nil, bytes.allSatisfy(\.isBlank) {
                    held = bytes
                } else {
                    flush()
                    held = bytes
                    flush()
                }
            case .word(let charset, let bytes):
                held = []
                if pending?.charset == charset {
                    // A character may be split between two words, so bytes are joined before they are decoded.
                    pending?.bytes += bytes
                } else {
                    flush()
                    pending = (charset, bytes)
                }
            }
        }
        flush()
        return text.singleLine
    }

    private static func pieces(of value: ArraySlice<UInt8>) -> [Piece] {
        var pieces: [Piece] = []
        var index = value.startIndex
        var plainStart = index
        var isWithoutEnd = false
        while index < value.endIndex {
            guard value[index] == .equals, index + 1 < value.endIndex, value[index + 1] == .question, !isWithoutEnd
            else {
                index += 1
                continue
            }
            switch word(in: value, at: index) {
            case .found(let charset, let bytes, let end):
                if plainStart < index { pieces.append(.plain(value[plainStart..<index])) }
                pieces.append(.word(charset: charset, bytes: bytes))
                index = end
                plainStart = end
            case .withoutEnd:
                isWithoutEnd = true
            case .none:
                index += 2
            }
        }
        if plainStart < value.endIndex { pieces.append(.plain(value[plainStart...])) }
        return pieces
    }

    enum Match {
        case found(charset: String, bytes: [UInt8], end: Int)
        /// It began like a word, and no "?=" follows: nor will one for any later beginning.
        case withoutEnd
        case none
    }

    /// The encoded word that begins at `start`.
    static func word(in value: ArraySlice<UInt8>, at start: Int) -> Match {
        let charsetStart = start + 2
        var index = charsetStart
        while index < value.endIndex, value[index] > 32, value[index] != .question, index - charsetStart < 80 {
            index += 1
        }
        guard index + 2 < value.endIndex, value[index] == .question, value[index + 2] == .question else { return .none }
        let encoding = value[index + 1].lowercased
        guard encoding == UInt8(ascii: "b") || encoding == UInt8(ascii: "q") else { return .none }
        let charset = value[charsetStart..<index].prefix { $0 != UInt8(ascii: "*") }.asciiLowercased
        let textStart = index + 3
        index = textStart
        while index + 1 < value.endIndex, value[index] != .question || value[index + 1] != .equals { index += 1 }
        guard index + 1 < value.endIndex else { return .withoutEnd }
        let text = value[textStart..<index]
        let bytes = encoding == UInt8(ascii: "b") ? Base64.decode(text).bytes : decodeQ(text)
        return .found(charset: charset, bytes: bytes, end: index + 2)
    }

    /// The "Q" encoding of RFC 2047, section 4.2.
    private static func decodeQ(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte == .equals, index + 2 < text.endIndex, let high = text[index + 1].hexValue,
                let low = text[index + 2].hexValue
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(byte == UInt8(ascii: "_") ? .space : byte)
                index += 1
            }
        }
        return bytes
    }
}
