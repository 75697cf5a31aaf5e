public import Moments

extension Ticket {
    /// The ticket as one supplier has it, from the referral until the supplier or the desk ends it.
    public struct Sharing: Hashable, Sendable {
        public let supplier: SupplierID
        public let since: Moment
        /// When the supplier first acknowledged it.
        public internal(set) var acknowledged: Moment?
        /// Whether the supplier asked and has no answer yet.
        public internal(set) var waitsForDesk: Bool
        /// Whether it asked the requester, whose answer goes back to it by itself.
        public internal(set) var asksRequester: Bool

        public init(
            _ supplier: SupplierID, since: Moment, acknowledged: Moment? = nil, waitsForDesk: Bool = false,
            asksRequester: Bool = false
        ) {
            (self.supplier, self.since) = (supplier, since)
            (self.acknowledged, self.waitsForDesk) = (acknowledged, waitsForDesk)
            self.asksRequester = asksRequester
        }
    }
}
