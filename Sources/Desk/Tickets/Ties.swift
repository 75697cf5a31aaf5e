/// The tickets that a ticket belongs to.
public struct Ties: Hashable, Sendable {
    /// The ticket of which this one is a part; it is solved with it.
    public internal(set) var parent: TicketID?
    /// The ticket that this one turned out to be the same as.
    public internal(set) var mergedInto: TicketID?
    /// Whether it is a major incident, which other reports join (S99).
    public internal(set) var isMajor: Bool
    /// Whether others than the requester are told how it ends.
    public internal(set) var hasFollowers: Bool

    public init(
        parent: TicketID? = nil, mergedInto: TicketID? = nil, isMajor: Bool = false, hasFollowers: Bool = false
    ) {
        (self.parent, self.mergedInto) = (parent, mergedInto)
        (self.isMajor, self.hasFollowers) = (isMajor, hasFollowers)
    }
}
