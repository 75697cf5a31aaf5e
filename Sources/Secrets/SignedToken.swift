/// A few bytes in a form that only we can make, and that survives systems which turn addresses into lower case: base32
/// of the bytes, a full stop, base32 of the first 80 bits of an HMAC-SHA256.
public struct SignedToken: Sendable {
    private let keys: [SecretKey]

    /// - Parameter purpose: what the tokens are for; one made for another purpose is none here.
    public init(_ keys: MasterKeys, for purpose: String) {
        self.keys = keys.keys(for: purpose)
    }

    public func text(for bytes: [UInt8]) -> String {
        Base32.encode(bytes) + "." + code(for: bytes, under: keys[0])
    }

    /// The bytes in a token, if the code is one of ours.
    public func bytes(in text: some StringProtocol) -> [UInt8]? {
        let parts = text.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let bytes = Base32.decode(parts[0]) else { return nil }
        let isOurs = keys.contains { areEqualInConstantTime(String(parts[1]), code(for: bytes, under: $0)) }
        return isOurs ? bytes : nil
    }

    private func code(for bytes: [UInt8], under key: SecretKey) -> String {
        Base32.encode(Array(Digest.hmac(of: bytes, key: key).bytes.prefix(10)))
    }
}
