/// What a request line asks for (RFC 9112 section 3.2), taken apart and decoded once.
public struct Target: Sendable {
    /// In one block, since a target goes through many hands.
    private final class Parts: Sendable {
        let origin: Origin?
        let path: String
        let query: String?
        let segments: [String]

        init(origin: Origin?, path: String, query: String?, segments: [String]) {
            self.origin = origin
            self.path = path
            self.query = query
            self.segments = segments
        }
    }

    private let parts: Parts

    /// The host, when the target is a whole URL. It overrides the Host field (RFC 9112 section 3.2.2).
    public var authority: Authority? { parts.origin?.authority }
    /// Of a target that is a whole URL, whether it asks for an encrypted connection.
    public var scheme: WebAddress.Scheme? { parts.origin?.scheme }
    /// The path as it was sent, percent-encoded; `*` for the asterisk form.
    public var path: String { parts.path }
    /// What follows the first `?`, as it was sent; nil without one.
    public var query: String? { parts.query }
    /// The decoded parts of the path. An encoded slash is data within its part; no part is a dot segment.
    public var segments: [String] { parts.segments }

    /// A target of this program's own making, from a percent-encoded path that begins with a slash.
    /// Nil when a server would refuse it.
    public init?(_ text: String) {
        var copy = text
        guard let parsed = copy.withUTF8({ bytes in try? Target(bytes, for: .get) }) else { return nil }
        self = parsed
    }

    init(_ text: UnsafeBufferPointer<UInt8>, for method: Method) throws(RequestFault) {
        if method == .connect {
            guard Authority(text)?.port != nil else { throw .malformedTarget }
            throw .tunnelRequested
        }
        if text.spells("*") {
            guard method == .options else { throw .asteriskWithoutOptions }
            self.init(origin: nil, path: "*", query: nil, segments: [])
            return
        }
        guard let first = text.first else { throw .malformedTarget }
        if first == 0x2F {
            try self.init(origin: nil, rest: text)
            return
        }
        let (origin, rest) = try Self.absolute(text)
        try self.init(origin: origin, rest: rest)
    }

    /// What a whole URL names before its path.
    private typealias Origin = (scheme: WebAddress.Scheme, authority: Authority)

    private init(origin: Origin?, path: String, query: String?, segments: [String]) {
        parts = Parts(origin: origin, path: path, query: query, segments: segments)
    }

    private init(origin: Origin?, rest: UnsafeBufferPointer<UInt8>) throws(RequestFault) {
        let mark = rest.firstIndex(of: 0x3F) ?? rest.count
        let path = UnsafeBufferPointer(rebasing: rest[..<mark])
        self.init(
            origin: origin, path: path.isEmpty ? "/" : String(decoding: path, as: UTF8.self),
            query: mark < rest.count ? try Self.query(UnsafeBufferPointer(rebasing: rest[(mark + 1)...])) : nil,
            segments: path.isEmpty ? [""] : try Self.segments(path))
    }

    private static func query(_ text: UnsafeBufferPointer<UInt8>) throws(RequestFault) -> String {
        guard text.allSatisfy(ByteClass.query.contains), !holdsNull(text) else { throw .malformedTarget }
        return String(decoding: text, as: UTF8.self)
    }

    /// Splits a whole URL into its host and what follows.
    private static func absolute(
        _ text: UnsafeBufferPointer<UInt8>
    ) throws(RequestFault) -> (Origin, UnsafeBufferPointer<UInt8>) {
        guard let colon = text.firstIndex(of: 0x3A), colon + 2 < text.count, text[colon + 1] == 0x2F,
            text[colon + 2] == 0x2F
        else { throw .malformedTarget }
        let scheme = UnsafeBufferPointer(rebasing: text[..<colon])
        let isSecure = scheme.resembles("https")
        guard isSecure || scheme.resembles("http") else { throw .malformedTarget }
        let begin = colon + 3
        let end = text[begin...].firstIndex { $0 == 0x2F || $0 == 0x3F } ?? text.count
        let host = UnsafeBufferPointer(rebasing: text[begin..<end])
        if host.contains(0x40) { throw .userInformation }
        guard let authority = Authority(host) else { throw .malformedTarget }
        return ((isSecure ? .https : .http, authority), UnsafeBufferPointer(rebasing: text[end...]))
    }

    private static func segments(_ path: UnsafeBufferPointer<UInt8>) throws(RequestFault) -> [String] {
        var segments: [String] = []
        let allowed = ByteClass.path
        var begin = 1
        var encoded = false
        for index in 1...path.count {
            if index == path.count || path[index] == 0x2F {
                segments.append(try segment(UnsafeBufferPointer(rebasing: path[begin..<index]), encoded: encoded))
                begin = index + 1
                encoded = false
                continue
            }
            guard allowed.contains(path[index]) else { throw .malformedTarget }
            if path[index] == 0x25 { encoded = true }
        }
        return segments
    }

    private static func segment(
        _ text: UnsafeBufferPointer<UInt8>, encoded: Bool
    ) throws(RequestFault) -> String {
        var segment = String(decoding: text, as: UTF8.self)
        if encoded {
            guard let octets = PercentCoding.decode(text), !octets.contains(where: ByteClass.isControl),
                let decoded = String(validating: octets, as: UTF8.self)
            else { throw .malformedTarget }
            segment = decoded
        }
        guard segment != ".", segment != ".." else { throw .malformedTarget }
        return segment
    }

    private static func holdsNull(_ query: UnsafeBufferPointer<UInt8>) -> Bool {
        query.indices.contains { query[$0] == 0x25 && PercentCoding.escaped(query, at: $0) == 0 }
    }
}

extension Target: Hashable {
    public static func == (left: Target, right: Target) -> Bool {
        left.scheme == right.scheme && left.authority == right.authority && left.path == right.path
            && left.query == right.query
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(authority)
        hasher.combine(path)
        hasher.combine(query)
    }
}
