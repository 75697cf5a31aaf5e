import Sockets
import Synchronization

/// How many requests endpoints work on, in all and for each address. A request whose client is waited for, because its
/// body or the taking of its answer is slow, is not worked on.
final class Load: Sendable {
    /// Where it is counted what one address has at work: a number, since an object that all requests hold would be
    /// counted itself. Few enough of them are kept to stay small: addresses that share one by chance share a half of
    /// all places.
    struct Share: Sendable {
        fileprivate let number: Int
    }

    private let most: Int
    private let mostOfOne: Int
    private let count = Atomic(0)
    private let shares = InlineArray<1_024, Atomic<Int>> { _ in Atomic(0) }

    init(most: Int) {
        self.most = most
        // One address alone must not take every place.
        mostOfOne = max(1, most / 2)
    }

    /// The share of an address, the same for all addresses that one subscriber of version 6 may choose from.
    func share(of address: IPAddress) -> Share {
        Share(number: Int(UInt(bitPattern: address.household.hashValue) % UInt(shares.count)))
    }

    /// How many there are.
    var atWork: Int { count.load(ordering: .relaxed) }

    /// Counts a request in if there is room for it.
    func admit(_ share: Share) -> Bool {
        guard count.load(ordering: .relaxed) < most, shares[share.number].load(ordering: .relaxed) < mostOfOne else {
            return false
        }
        begin(share)
        return true
    }

    /// Counts a request in, whether there is room or not.
    func begin(_ share: Share) {
        count.wrappingAdd(1, ordering: .relaxed)
        shares[share.number].wrappingAdd(1, ordering: .relaxed)
    }

    func end(_ share: Share) {
        count.wrappingSubtract(1, ordering: .relaxed)
        shares[share.number].wrappingSubtract(1, ordering: .relaxed)
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
