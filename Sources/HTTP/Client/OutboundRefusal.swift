import Sockets

/// A call that the rules for outbound calls forbid.
struct OutboundRefusal: Error, CustomStringConvertible {
    let description: String
}

extension OutboundRules {
    /// Ports that may be called at public addresses. Where the operator has named the address, any port may be.
    private static let ports: Set<UInt16> = [443, 8_443]

    /// Those of the addresses that may be called in this way.
    ///
    /// - Throws: `OutboundRefusal` with a sentence if there are none.
    func permitted(
        _ addresses: [SocketAddress], of host: String, scheme: WebAddress.Scheme
    ) throws(OutboundRefusal) -> [SocketAddress] {
        let permitted = addresses.filter { address in
            guard let host = address.host, let port = address.port else { return false }
            return names(host) || (scheme == .https && Self.ports.contains(port) && permits(host))
        }
        guard permitted.isEmpty else { return permitted }
        let hosts = addresses.compactMap(\.host)
        guard hosts.contains(where: permits) else {
            let list = hosts.map(\.description).joined(separator: ", ")
            throw OutboundRefusal(
                description: "\(host) is not called: \(list) is not a public address and not among those that "
                    + "MERIDIAN_OUTBOUND_ALLOW names")
        }
        let way = scheme == .http ? "http without encryption" : "port \(addresses.first?.port ?? 0)"
        throw OutboundRefusal(
            description:
                "\(host) is not called by \(way): use https on port 443 or 8443, or have the operator name its "
                + "address in MERIDIAN_OUTBOUND_ALLOW")
    }
}
