public import Runtime
public import Sockets

extension SettingsReader {
    /// Reads which peers may say where a request comes from.
    public mutating func trustedProxies() -> TrustedProxies {
        TrustedProxies(
            blocks(
                "MERIDIAN_TRUSTED_PROXIES",
                "The addresses of proxies whose Forwarded and X-Forwarded fields are believed; all others' are deleted."
            ))
    }

    /// Reads which private addresses outbound calls may reach.
    public mutating func outboundRules() -> OutboundRules {
        OutboundRules(
            allowing: blocks(
                "MERIDIAN_OUTBOUND_ALLOW",
                "Addresses that outbound calls may reach although they are private; plain http is allowed only there."))
    }

    private mutating func blocks(_ name: String, _ sentence: String) -> [CIDR] {
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
