/// Where a request goes: an absolute `http` or `https` URL (RFC 9110 section 4.2), taken apart.
public struct WebAddress: Sendable, Hashable, CustomStringConvertible {
    /// Whether the connection is encrypted.
    public enum Scheme: String, Sendable, Hashable {
        case http, https

        public var standardPort: UInt16 { self == .http ? 80 : 443 }
    }

    public let scheme: Scheme
    public let authority: Authority
    /// Path and query, percent-encoded, at least `/`.
    public let target: String

    /// Nil unless the text is an absolute URL with a host, without user name, and with every other octet encoded. A
    /// fragment is dropped: it never travels.
    public init?(_ text: some StringProtocol) {
        let whole = text.prefix { $0 != "#" }
        guard let mark = whole.firstIndex(of: ":"), let scheme = Scheme(rawValue: whole[..<mark].lowercased()),
            let target = Target(String(whole)), let authority = target.authority
        else { return nil }
        self.scheme = scheme
        self.authority = authority
        self.target = target.query.map { "\(target.path)?\($0)" } ?? target.path
    }

    /// An address of known parts. Nil when the target is no percent-encoded path that begins with a slash.
    public init?(scheme: Scheme, authority: Authority, target: String = "/") {
        guard Target(target) != nil, target.utf8.first == 0x2F else { return nil }
        self.scheme = scheme
        self.authority = authority
        self.target = target
    }

    public var port: UInt16 { authority.port ?? scheme.standardPort }

    public var description: String { "\(scheme.rawValue)://\(authority)\(target)" }
}
