public import Moments
public import Secrets

/// What lets somebody at a supplier into its portal once: it stands in a link that only his mailbox has been given.
///
/// It holds no address, only a digest by which his is found among those of the organisation document, so that what
/// proxies and browsers remember of the link tells nobody who he is.
public struct PortalPass: Sendable, Hashable {
    /// How long a pass is good that was asked for, and one that came with news of a ticket.
    public static let lifeWhenAsked = Duration.seconds(3600)
    public static let lifeWithNews = Duration.seconds(7 * 86_400)
    private static let digestSize = 12
    private static let timeSize = 5

    /// What tells it from every other pass.
    public let nonce: [UInt8]
    let addressDigest: [UInt8]
    /// In whole seconds.
    public let expiresAt: Moment

    /// - Parameter identity: of what it was made for; of the same, the same pass is made again.
    public init(for address: String, identity: [UInt8], expiresAt: Moment) {
        nonce = Array(Digest(sha256: "\(Hex.encode(identity)) \(address)").bytes.prefix(Self.digestSize))
        addressDigest = Self.digest(of: address)
        self.expiresAt = Moment(seconds: expiresAt.seconds)
    }

    /// Whether it is for an address, in small letters.
    public func isFor(_ address: String) -> Bool { addressDigest == Self.digest(of: address) }

    private static func digest(of address: String) -> [UInt8] {
        Array(Digest(sha256: "portal \(address)").bytes.prefix(digestSize))
    }
}

extension PortalPass {
    private static func tokens(_ keys: MasterKeys) -> SignedToken { SignedToken(keys, for: "supplier-portal") }

    /// The pass as a link holds it.
    public func text(_ keys: MasterKeys) -> String {
        let time = (0..<Self.timeSize).reversed().map { UInt8(truncatingIfNeeded: expiresAt.seconds >> ($0 * 8)) }
        return Self.tokens(keys).text(for: nonce + addressDigest + time)
    }

    /// Reads a pass, whether it is still good or not; nil unless it is one of ours.
    public init?(_ text: some StringProtocol, _ keys: MasterKeys) {
        guard let bytes = Self.tokens(keys).bytes(in: text),
            bytes.count == 2 * Self.digestSize + Self.timeSize
        else { return nil }
        nonce = Array(bytes.prefix(Self.digestSize))
        addressDigest = Array(bytes.dropFirst(Self.digestSize).prefix(Self.digestSize))
        expiresAt = Moment(seconds: bytes.suffix(Self.timeSize).reduce(0) { $0 << 8 | Int64($1) })
    }
}
