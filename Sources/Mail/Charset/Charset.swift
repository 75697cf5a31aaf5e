/// A character set as messages name it, and the way from its bytes to text.
public enum Charset: Hashable, Sendable {
    case utf8
    case windows1252
    /// Simplified Chinese in seven bits (RFC 1843).
    case hz
    /// A set that the system's tables know under this name.
    case system(String)

    struct Decoded {
        var text: String
        /// Whether every byte had a meaning; if not, U+FFFD stands in its place.
        var isExact: Bool
    }

    /// The set that a label means in practice, which is not always the one that it names. Nil if the label is
    /// unknown, or one of those that say nothing.
    public init?(label: some StringProtocol) {
        let name = label.lowercased().trimmed
        guard !CharsetNames.saysNothing(name) else { return nil }
        guard let meant = CharsetNames.meaning(of: name) ?? (Iconv.knows(name) ? .system(name) : nil) else {
            return nil
        }
        self = meant
    }

    /// The set that bytes without a usable label are most likely in: UTF-8 if they are valid as that, ISO-2022-JP
    /// if they have its escape sequences, else Windows-1252.
    static func likely(for bytes: ArraySlice<UInt8>) -> Charset {
        if hasJapaneseEscape(bytes) { return .system("ISO-2022-JP-3") }
        return String(validating: bytes, as: UTF8.self) == nil ? .windows1252 : .utf8
    }

    /// Whether bytes in which all are ASCII hold "ESC $ B" or the like.
    private static func hasJapaneseEscape(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard var index = bytes.firstIndex(of: 27), bytes.allSatisfy({ $0 < 128 }) else { return false }
        while index + 2 < bytes.endIndex {
            let follower = bytes[index + 2]
            if bytes[index] == 27, bytes[index + 1] == UInt8(ascii: "$"),
                follower == UInt8(ascii: "B") || follower == UInt8(ascii: "@") || follower == UInt8(ascii: "(")
            {
                return true
            }
            index += 1
        }
        return false
    }

    /// The text of bytes that came with this label, and what was wrong with them.
    static func text(of bytes: ArraySlice<UInt8>, label: String?) -> (text: String, defect: Defect?) {
        let label = label?.trimmed ?? ""
        if let charset = Charset(label: label), let decoded = charset.decode(bytes) {
            if decoded.isExact { return (decoded.text, nil) }
            return (charset.mistakenText(of: bytes) ?? decoded.text, .brokenText(charset: label))
        }
        let assumed = likely(for: bytes).decode(bytes)
        let text = assumed?.text ?? Windows1252.decode(bytes)
        let isSilent = label.isEmpty || CharsetNames.saysNothing(label.lowercased())
        return (text, isSilent ? nil : .unknownCharset(String(label.prefix(78))))
    }

    /// The text of bytes that do not fit this set, if they fit one that is often mistaken for it.
    private func mistakenText(of bytes: ArraySlice<UInt8>) -> String? {
        guard self != .utf8 else { return nil }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        guard self == .system("ISO-2022-JP-3") else { return nil }
        return ["EUC-JP-MS", "CP932"].lazy.compactMap { Iconv.decode(bytes, from: $0) }.first(where: \.isExact)?.text
    }

    /// The text of bytes that state no set: UTF-8 if they are valid as that, else the set of this label, else the
    /// likeliest.
    static func unlabelledText(_ bytes: ArraySlice<UInt8>, hint: String?) -> String {
        String(validating: bytes, as: UTF8.self) ?? text(of: bytes, label: hint).text
    }

    /// The text of the bytes; nil if the system lacks the table.
    func decode(_ bytes: ArraySlice<UInt8>) -> Decoded? {
        switch self {
        case .utf8: Self.decodeUTF8(bytes)
        case .windows1252: Decoded(text: Windows1252.decode(bytes), isExact: true)
        case .hz: Iconv.decode(HZ.gb2312(of: bytes)[...], from: "GB18030")
        case .system(let name): Iconv.decode(bytes, from: name)
        }
    }

    /// UTF-8; but where not a single character beyond ASCII is valid, the label was a lie and it is Windows-1252.
    private static func decodeUTF8(_ bytes: ArraySlice<UInt8>) -> Decoded {
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
        if let text = String(validating: body, as: UTF8.self) { return Decoded(text: text, isExact: true) }
        let repaired = String(decoding: body, as: UTF8.self)
        let hasForeign = repaired.unicodeScalars.contains { $0.value > 127 && $0.value != 0xFFFD }
        return Decoded(text: hasForeign ? repaired : Windows1252.decode(body), isExact: false)
    }

}
