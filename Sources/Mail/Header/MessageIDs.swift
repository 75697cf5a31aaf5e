/// Reads the identifiers of messages (RFC 5322, section 3.6.4) and of parts (RFC 2045, section 7).
enum MessageIDs {
    /// A thread longer than this is named by its beginning and its end.
    private static let limit = 1_000

    /// All identifiers of an unfolded value, without their angle brackets. Where there are no brackets at all, every
    /// word with an "@" counts.
    static func all(in value: ArraySlice<UInt8>) -> [String] {
        var identifiers: [String] = []
        var start: Int?
        for index in value.indices where identifiers.count < limit {
            if value[index] == UInt8(ascii: "<") {
                start = index + 1
            } else if value[index] == UInt8(ascii: ">"), let open = start {
                if let identifier = identifier(value[open..<index]) { identifiers.append(identifier) }
                start = nil
            }
        }
        guard identifiers.isEmpty else { return identifiers }
        return value.split { $0.isBlank || "<>,;\"".utf8.contains($0) }.prefix(limit)
            .filter { $0.contains(UInt8(ascii: "@")) }.compactMap { identifier($0) }
    }

    /// The identifier of a field that holds one; without brackets, the whole value counts.
    static func one(in value: ArraySlice<UInt8>) -> String? {
        if let first = all(in: value).first { return first }
        return identifier(value.filter { !"<>".utf8.contains($0) }[...])
    }

    /// Blanks within an identifier are an obsolete form and mean nothing.
    private static func identifier(_ bytes: ArraySlice<UInt8>) -> String? {
        let text = String(decoding: bytes.filter { $0 > 32 && $0 != 127 }.prefix(998), as: UTF8.self)
        return text.isEmpty ? nil : text
    }
}
