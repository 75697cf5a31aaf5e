public import Runtime
public import Sockets

extension SettingsReader {
    /// Reads which peers may say where a request comes from.
    public mutating func trustedProxies() -> TrustedProxies {
        let blocks = blocks(
            "MERIDIAN_TRUSTED_PROXIES",
            "The addresses of proxies that are believed where a request comes from; what others say of it is deleted.")
        let fields = read(
            "MERIDIAN_FORWARDED", default: ForwardedFields.xForwarded, shown: ForwardedFields.xForwarded.rawValue,
            "The fields in which these proxies report: X-Forwarded-For, -Proto and -Host, or Forwarded. The others are "
                + "deleted.", "x-forwarded or forwarded", ForwardedFields.init(rawValue:))
        return TrustedProxies(blocks, fields: fields)
    }

    /// Reads whether proxies begin each connection with a PROXY header.
    public mutating func proxyProtocol() -> Bool {
        flag(
            "MERIDIAN_PROXY_PROTOCOL", default: false,
            "Whether a trusted proxy begins each connection with a PROXY header of version 2; others are closed.")
    }

    /// Reads for which hosts requests may be.
    ///
    /// - Parameter publicURL: where people reach the program. While that is this very machine, any host will do.
    public mutating func servedHosts(publicURL: WebAddress?) -> ServedHosts {
        let names = optional(
            "MERIDIAN_HOSTS",
            "Further host names that requests may be for, beside that of MERIDIAN_PUBLIC_URL, localhost and addresses; "
                + "others are answered 421. Any may be where that URL names this machine, or with the word any.",
            "a list of host names with commas between, or any"
        ) { text -> [String]? in
            let names = text.split(separator: ",").map { $0.filter { $0 != " " } }
            return names.allSatisfy { Authority($0)?.port == nil && Authority($0) != nil } ? names : nil
        }
        guard let publicURL, names != ["any"] else { return .any }
        let host = publicURL.authority.host
        if names == nil, host == "localhost" || IPAddress(host) != nil { return .any }
        return ServedHosts([host] + (names ?? []), includingAddresses: true)
    }

    /// Reads which private addresses outbound calls may reach.
    public mutating func outboundRules() -> OutboundRules {
        OutboundRules(
            allowing: blocks(
                "MERIDIAN_OUTBOUND_ALLOW",
                "Addresses that outbound calls may reach although they are private; plain http is allowed only there."))
    }

    /// Reads a list of addresses and of blocks of them.
    public mutating func blocks(_ name: String, _ sentence: String) -> [CIDR] {
        read(
            name, default: [], shown: "none", sentence,
            "a list of addresses and blocks with commas between, such as 10.0.0.0/8,2001:db8::7"
        ) { text -> [CIDR]? in
            let parts = text.split(separator: ",").map { $0.filter { $0 != " " } }
            let blocks = parts.compactMap { CIDR($0) }
            return blocks.count == parts.count ? blocks : nil
        }
    }
}
