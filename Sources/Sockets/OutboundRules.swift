/// Which addresses the programs may call when somebody else chose the address: public ones, and those that the operator
/// allows.
///
/// The name is resolved first, every address is held against the rules, and the connection goes to an address that was
/// held against them, not to the name again.
public struct OutboundRules: Hashable, Sendable {
    /// Blocks that may be called although they are not public; also the only ones that may be called without TLS.
    public let allowed: [CIDR]

    public init(allowing allowed: [CIDR] = []) {
        self.allowed = allowed
    }

    /// Whether the operator has named the address.
    public func names(_ address: IPAddress) -> Bool {
        allowed.contains { $0.contains(address) }
    }

    /// Whether the address may be called.
    public func permits(_ address: IPAddress) -> Bool {
        names(address) || Self.isPublic(address)
    }

    /// Whether an address belongs to the public internet: none of the special blocks of RFC 6890 and its successors,
    /// also not through a wrapping that leads to one (mapped, NAT64, 6to4, Teredo).
    public static func isPublic(_ address: IPAddress) -> Bool {
        let plain = address.unwrapped
        if special.contains(where: { $0.contains(plain) }) { return false }
        if case .v6(let value) = plain, value >> 32 == nat64 {
            return isPublic(.v4(UInt32(truncatingIfNeeded: value)))
        }
        return true
    }

    /// The first 96 bits of `64:ff9b::/96`.
    private static let nat64: UInt128 = 0x64_FF9B << 64

    private static let special: [CIDR] = [
        // "This" network, private networks, shared address space of carriers.
        "0.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10",
        // The machine itself; link-local, where clouds keep their metadata.
        "127.0.0.0/8", "169.254.0.0/16",
        // Protocol assignments, documentation, benchmarks, relays of 6to4.
        "192.0.0.0/24", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "198.18.0.0/15", "192.88.99.0/24",
        // Multicast, reserved, broadcast.
        "224.0.0.0/4", "240.0.0.0/4",
        // Unspecified, loopback and the obsolete wrapping of version 4.
        "::/96",
        // Unique local, link-local, the obsolete site-local, multicast.
        "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        // Discard, documentation, local NAT64, protocol assignments with Teredo and ORCHID, 6to4, segment routing.
        "100::/64", "2001:db8::/32", "3fff::/20", "64:ff9b:1::/48", "2001::/23", "2002::/16", "5f00::/16",
    ].compactMap { CIDR($0) }
}

/// An address that the rules forbid to call.
public struct AddressRefused: Error, Hashable, CustomStringConvertible {
    /// The name or address that was to be called.
    public let host: String
    /// What it stands for.
    public let addresses: [IPAddress]

    public var description: String {
        let list = addresses.map(\.description).joined(separator: ", ")
        return "\(host) is not called: \(list) is not a public address, and the operator has not allowed it "
            + "(MERIDIAN_OUTBOUND_ALLOW)"
    }
}
