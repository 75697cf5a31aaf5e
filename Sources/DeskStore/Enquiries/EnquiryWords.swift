/// What an enquiry says, without what mail programs and servers on the way make different: case, spaces, and what they
/// put before a subject.
public struct EnquiryWords: Sendable, Equatable {
    let subject: String
    let text: String

    public init(subject: String, text: String) {
        self.subject = Self.bare(Self.plain(subject))
        self.text = Self.plain(text)
    }

    /// Whether the one says no more than the other, as where a server on the way added a line of its own.
    public func isWithin(_ other: EnquiryWords) -> Bool {
        !text.isEmpty && other.text.contains(text) || text == other.text
    }

    private static func plain(_ text: String) -> String {
        var text = text.lowercased()
        if text.utf8.contains(where: { $0 > 127 }) {
            return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        return text.withUTF8 { bytes in
            String(unsafeUninitializedCapacity: bytes.count) { plain in
                var length = 0
                var isBetween = false
                for byte in bytes {
                    let isSpace = byte == 32 || (9...13).contains(byte)
                    if !isSpace {
                        if isBetween, length > 0 {
                            plain[length] = 32
                            length += 1
                        }
                        plain[length] = byte
                        length += 1
                    }
                    isBetween = isSpace
                }
                return length
            }
        }
    }

    /// How mail programs of the desk's languages mark answers and copies that are passed on.
    private static let marks = [
        "re:", "fw:", "fwd:", "sv:", "vs:", "vb:", "aw:", "wg:", "antw:", "odp:", "pd:", "doorst:",
    ]

    private static func bare(_ subject: String) -> String {
        var rest = subject[...]
        while true {
            let before = rest
            if let mark = marks.first(where: rest.hasPrefix) { rest = rest.dropFirst(mark.count) }
            // Servers mark what comes from outside in brackets.
            if rest.first == "[", let end = rest.firstIndex(of: "]") { rest = rest[rest.index(after: end)...] }
            rest = rest.drop(while: \.isWhitespace)
            if rest.isEmpty { return subject }
            if rest == before { return String(rest) }
        }
    }
}
