/// A block of addresses, as `10.0.0.0/8` or `2001:db8::/32`; a single address is a block of one.
public struct CIDR: Hashable, Sendable {
    private let base: IPAddress
    /// How many leading bits all addresses of the block share.
    public let length: Int

    /// Reads a block; nil if it is not one. Bits behind the length are taken for zero.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(first) else { return nil }
        let bits = address.bits
        guard parts.count == 2 else {
            self.init(address, length: bits)
            return
        }
        guard let length = Int(parts[1]), (0...bits).contains(length), parts[1].utf8.allSatisfy({ $0 != 0x2B })
        else { return nil }
        self.init(address, length: length)
    }

    private init(_ address: IPAddress, length: Int) {
        base = address.keeping(length)
        self.length = length
    }

    /// Whether the block holds `address`; an address of version 4 wrapped in version 6 counts as the former.
    public func contains(_ address: IPAddress) -> Bool {
        let plain = address.unwrapped
        if plain.bits == base.bits { return plain.keeping(length) == base }
        return address.bits == base.bits && address.keeping(length) == base
    }
}

extension CIDR: CustomStringConvertible {
    public var description: String { "\(base)/\(length)" }
}

extension IPAddress {
    fileprivate var bits: Int {
        switch self {
        case .v4: 32
        case .v6: 128
        }
    }

    /// The address with all bits behind the first `length` zero.
    fileprivate func keeping(_ length: Int) -> IPAddress {
        switch self {
        case .v4(let value): .v4(length == 0 ? 0 : value & (.max << (32 - length)))
        case .v6(let value): .v6(length == 0 ? 0 : value & (.max << (128 - length)))
        }
    }
}
