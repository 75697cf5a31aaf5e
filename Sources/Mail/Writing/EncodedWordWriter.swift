/// Writes text as encoded words (RFC 2047) where plain characters will not do.
enum EncodedWordWriter {
    /// Words are shorter than the 75 characters allowed, so that one fits behind the name of its field: a line with
    /// a word in it has at most 76.
    private static let room = 60 - 12

    /// Whether the text can stand in a header as it is: printable ASCII, nothing that folding would change and nothing
    /// that looks like an encoded word.
    static func isPlain(_ text: String) -> Bool {
        !text.contains("=?") && !text.contains("  ") && text.utf8.allSatisfy { $0 >= 32 && $0 < 127 }
            && !text.hasPrefix(" ") && !text.hasSuffix(" ")
            && text.utf8.split(separator: .space).allSatisfy { $0.count <= 70 }
    }

    /// The words for the text, each in the shorter of the two encodings; no character is split between words.
    static func words(_ text: String) -> [String] {
        let escaped = text.utf8.count { !isLiteral($0) }
        let usesQ = escaped * 3 <= text.utf8.count
        let limit = usesQ ? room : room / 4 * 3
        var words: [String] = []
        var pending: [UInt8] = []
        var length = 0
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            let cost = usesQ ? bytes.reduce(0) { $0 + (isLiteral($1) || $1 == .space ? 1 : 3) } : bytes.count
            if length + cost > limit {
                words.append(word(pending, usesQ: usesQ))
                pending = []
                length = 0
            }
            pending += bytes
            length += cost
        }
        if !pending.isEmpty { words.append(word(pending, usesQ: usesQ)) }
        return words
    }

    /// The characters that a word may hold bare wherever it stands (RFC 2047, section 5, rule 3).
    private static func isLiteral(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || "!*+-/".utf8.contains(byte)
    }

    private static func word(_ bytes: [UInt8], usesQ: Bool) -> String {
        guard usesQ else { return "=?utf-8?b?" + String(decoding: Base64.encode(bytes), as: UTF8.self) + "?=" }
        var text: [UInt8] = []
        for byte in bytes {
            if isLiteral(byte) {
                text.append(byte)
            } else if byte == .space {
                text.append(UInt8(ascii: "_"))
            } else {
                text += [.equals, QuotedPrintable.hex(byte >> 4), QuotedPrintable.hex(byte & 15)]
            }
        }
        return "=?utf-8?q?" + String(decoding: text, as: UTF8.self) + "?="
    }
}
