/// One field of a header, kept as it came.
public struct HeaderField: Hashable, Sendable {
    /// The name as it was written, without blanks.
    public let name: String
    /// The name in lower case, under which the field is found.
    public let key: String
    /// Everything after the colon as it was sent, folds included, without the end of the last line.
    public let raw: ArraySlice<UInt8>

    init(name: ArraySlice<UInt8>, raw: ArraySlice<UInt8>) {
        self.name = String(decoding: name, as: UTF8.self)
        key = name.asciiLowercased
        self.raw = raw
    }

    /// The value as one line: every fold is one blank (RFC 5322, section 2.2.3).
    var unfolded: [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(raw.count)
        var isAtFold = false
        for byte in raw {
            if byte.isLineEnd || byte == 0 {
                isAtFold = true
            } else if isAtFold && byte.isBlank {
                continue
            } else {
                if isAtFold, let last = line.last, !last.isBlank { line.append(.space) }
                isAtFold = false
                line.append(byte)
            }
        }
        return Array(line.trimmed)
    }

    /// The value for reading: unfolded, encoded words decoded (RFC 2047), without control characters.
    public var text: String { text(hint: nil) }

    /// The text, with the character set that is likely for bare 8-bit characters.
    func text(hint: String?) -> String { EncodedWords.decode(unfolded[...], hint: hint) }
}
