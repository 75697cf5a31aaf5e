/// The name of one version of a resource (RFC 9110 section 8.8.3).
public struct EntityTag: Sendable, Hashable, CustomStringConvertible {
    /// What stands between the quotes.
    public let text: String
    public let isWeak: Bool

    /// - Precondition: the text holds no quote, blank or control character.
    public init(_ text: String, isWeak: Bool = false) {
        precondition(
            text.utf8.allSatisfy(Self.isAllowed), "\"\(text)\" cannot be an entity tag: use visible characters.")
        self.text = text
        self.isWeak = isWeak
    }

    /// The tags of an If-Match or If-None-Match field; nil when one of them is malformed.
    static func list(_ field: String) -> [EntityTag]? {
        var tags: [EntityTag] = []
        var rest = Array(field.utf8)[...]
        while true {
            while let first = rest.first, ByteClass.isBlank(first) || first == 0x2C { rest.removeFirst() }
            guard let first = rest.first else { return tags.isEmpty ? nil : tags }
            let isWeak = first == 0x57
            if isWeak { rest = rest.dropFirst().first == 0x2F ? rest.dropFirst(2) : [] }
            guard rest.first == 0x22, let end = rest.dropFirst().firstIndex(of: 0x22) else { return nil }
            let text = rest[(rest.startIndex + 1)..<end]
            guard text.allSatisfy(isAllowed) else { return nil }
            tags.append(EntityTag(String(decoding: text, as: UTF8.self), isWeak: isWeak))
            rest = rest[(end + 1)...]
            while let first = rest.first, ByteClass.isBlank(first) { rest.removeFirst() }
            guard rest.isEmpty || rest.first == 0x2C else { return nil }
        }
    }

    public var description: String { isWeak ? "W/\"\(text)\"" : "\"\(text)\"" }

    private static func isAllowed(_ byte: UInt8) -> Bool { byte > 0x20 && byte != 0x22 && byte != 0x7F }
}
