public import Sockets

/// The proxies whose word on where a request comes from is taken. What anybody else says of that is deleted.
public struct TrustedProxies: Sendable {
    private let blocks: [CIDR]
    /// Whether a peer on a Unix socket is trusted: only a proxy on the same machine can be one.
    private let trustsLocalSockets: Bool
    private let fields: ForwardedFields

    /// - Parameters:
    ///   - blocks: where the proxies are. With none, no peer over TCP is trusted.
    ///   - fields: what they report in. The other fields are a client's words, which proxies pass on as they are.
    public init(_ blocks: [CIDR] = [], trustingLocalSockets: Bool = true, fields: ForwardedFields = .xForwarded) {
        self.blocks = blocks
        self.fields = fields
        trustsLocalSockets = trustingLocalSockets
    }

    func trusts(_ peer: SocketAddress?) -> Bool {
        guard let peer else { return false }
        guard let host = peer.host else { return trustsLocalSockets }
        return trusts(host)
    }

    private func trusts(_ address: IPAddress) -> Bool { blocks.contains { $0.contains(address) } }

    /// Sets client, scheme and authority of a request to what its proxies report, and deletes their reports.
    ///
    /// - Parameter isTrusted: whether one of them sent it; otherwise the reports are a stranger's words.
    func apply(to request: inout Request, isTrusted: Bool) {
        defer { ForwardedReport.fields.forEach { request.fields[$0] = nil } }
        guard isTrusted else { return }
        let hops = ForwardedReport(request.fields, in: fields).hops
        // The nearest proxy wrote the last hop. Its word on the hop before it counts only if that is a proxy too.
        for hop in hops.reversed() {
            if let scheme = hop.scheme { request.scheme = scheme }
            if let authority = hop.authority { request.authority = authority }
            guard let client = hop.client else { break }
            request.client = client.unwrapped.description
            guard trusts(client) else { break }
        }
    }
}

/// The fields in which proxies report where a request comes from.
public enum ForwardedFields: String, Sendable {
    /// X-Forwarded-For, -Proto and -Host.
    case xForwarded = "x-forwarded"
    /// Forwarded (RFC 7239).
    case forwarded
}
