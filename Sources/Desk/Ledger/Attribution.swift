public import Moments

/// Whose time a ticket's life was: every instant from its report to its end is one holder's, by the clock on the wall.
public struct Attribution: Hashable, Sendable {
    /// What each holder had, in the order in which they first had the ticket.
    public let shares: [Share]

    public struct Share: Hashable, Sendable {
        public let holder: Holder
        public var microseconds: Int64
        /// How many times the ticket came to this holder.
        public var turns: Int
    }

    public var total: Int64 { shares.reduce(0) { $0 + $1.microseconds } }

    /// - Parameters:
    ///   - legs: of one ticket, in order.
    ///   - end: until when a leg that is open counts.
    public init(_ legs: [Leg], until end: Moment) {
        var shares: [Share] = []
        var previous: Leg?
        for leg in legs {
            let length = (leg.endedAt ?? max(end, leg.startedAt)).duration(since: leg.startedAt).wholeMicroseconds
            let isTurn = previous?.holder != leg.holder || leg.isFirst
            if let place = shares.firstIndex(where: { $0.holder == leg.holder }) {
                shares[place].microseconds += length
                shares[place].turns += isTurn ? 1 : 0
            } else {
                shares.append(Share(holder: leg.holder, microseconds: length, turns: 1))
            }
            previous = leg
        }
        self.shares = shares
    }
}
