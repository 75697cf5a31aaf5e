/// What a program shows to be let in: a word with a prefix that scanners for leaked secrets recognise, 43 random
/// letters and digits, and a check that finds a mistyped one without a look into the database.
///
/// Only its ``digest`` is stored: with 256 random bits nothing slower than SHA-256 is needed.
public struct APIToken: Sendable {
    /// The whole token. It is shown once, to whoever asked for it.
    public let text: String

    /// What tells tokens of one kind from those of others, such as `mer` in `mer_…`.
    public let prefix: String

    private static let randomLength = 43
    private static let checkLength = 6

    /// A new token.
    /// - Precondition: `prefix` is of letters and digits.
    public static func random(prefix: String) -> APIToken {
        precondition(isWord(prefix[...]), "a token's prefix is of letters and digits")
        let body = "\(prefix)_\(RandomToken.base62(length: randomLength))"
        return APIToken(text: body + check(of: body), prefix: prefix)
    }

    /// A token that somebody shows; nil if its form or its check is wrong.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 2, Self.isWord(parts[0]), Self.isWord(parts[1]),
            parts[1].utf8.count == Self.randomLength + Self.checkLength,
            Self.check(of: String(text.dropLast(Self.checkLength))) == text.suffix(Self.checkLength)
        else { return nil }
        self.init(text: String(text), prefix: String(parts[0]))
    }

    private init(text: String, prefix: String) {
        (self.text, self.prefix) = (text, prefix)
    }

    /// What is stored of the token, and looked up.
    public var digest: Digest { Digest(sha256: text) }

    private static func isWord(_ text: some StringProtocol) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy(Base62.alphabet.contains)
    }

    private static func check(of body: String) -> String {
        Base62.encode(crc32(body.utf8))
    }

    /// The cyclic redundancy check of IEEE 802.3.
    static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { rest, byte in
            (0..<8).reduce(rest ^ UInt32(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
        }
    }
}

extension APIToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "a token \(prefix)_…" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
