/// Tokens that prove that a form was ours: another site can send a visitor's cookie, but cannot know the token.
///
/// `hex(HMAC-SHA256(key, len(session) ! session ! len(random) ! hex(random))) . hex(random)`, so a token holds for one
/// session and no two pages show the same one.
public struct CSRFTokens: Sendable {
    private let keys: [SecretKey]

    private static let randomLength = 32

    public init(_ masterKeys: MasterKeys) {
        keys = masterKeys.keys(for: "csrf")
    }

    /// A new token for the forms of a session.
    public func token(session: String) -> String {
        let random = Hex.encode(RandomBytes.make(Self.randomLength))
        return "\(code(session: session, random: random, key: keys[0]).hex).\(random)"
    }

    /// Whether a token was made here for the session.
    public func accepts(_ token: some StringProtocol, session: String) -> Bool {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let bytes = Hex.decode(parts[0]), let claimed = Digest(bytes: bytes),
            parts[1].utf8.count == 2 * Self.randomLength, Hex.decode(parts[1]) != nil
        else { return false }
        return keys.contains { code(session: session, random: String(parts[1]), key: $0) == claimed }
    }

    private func code(session: String, random: String, key: SecretKey) -> Digest {
        .hmac(of: "\(session.utf8.count)!\(session)!\(Self.randomLength)!\(random)", key: key)
    }
}
