import Runtime
import Sockets
import Synchronization

/// How many requests endpoints work on, in all and for each address. A request whose client is waited for, because its
/// body or the taking of its answer is slow, is not worked on.
final class Load: Sendable {
    /// What one address has at work. Few enough of them are kept to stay small: addresses that share one by chance
    /// share a half of all places.
    final class Share: Sendable {
        fileprivate let count = Atomic(0)
    }

    private let most: Int
    private let mostOfOne: Int
    private let count = Atomic(0)
    private let shares = (0..<1_024).map { _ in Share() }
    private let gauge: Gauge

    /// - Parameter gauge: shows how many there are.
    init(most: Int, _ gauge: Gauge) {
        self.most = most
        // One address alone must not take every place.
        mostOfOne = max(1, most / 2)
        self.gauge = gauge
    }

    /// The share of an address, the same for all addresses that one subscriber of version 6 may choose from.
    func share(of address: IPAddress) -> Share {
        shares[Int(UInt(bitPattern: address.household.hashValue) % UInt(shares.count))]
    }

    /// Whether another request may be worked on now.
    func hasRoom(for share: Share) -> Bool {
        count.load(ordering: .relaxed) < most && share.count.load(ordering: .relaxed) < mostOfOne
    }

    func begin(_ share: Share) {
        count.wrappingAdd(1, ordering: .relaxed)
        share.count.wrappingAdd(1, ordering: .relaxed)
        gauge.add(1)
    }

    func end(_ share: Share) {
        count.wrappingSubtract(1, ordering: .relaxed)
        share.count.wrappingSubtract(1, ordering: .relaxed)
        gauge.add(-1)
    }
}

extension IPAddress {
    /// What limits that hold for one address are counted by: of version 6 the first half, which is what a subscriber is
    /// given.
    var household: IPAddress {
        guard case .v6(let value) = unwrapped else { return unwrapped }
        return .v6((value >> 64) << 64)
    }
}
