/// What a ticket belongs to beside the one who asked: other tickets, and desks that were asked the same.
public struct Ties: Hashable, Sendable {
    /// The ticket of which this one is a part; it is solved with it.
    public internal(set) var parent: TicketID?
    /// Whether it is on hold until the whole is solved.
    public internal(set) var waitsForParent: Bool
    /// The ticket that this one turned out to be the same as.
    public internal(set) var mergedInto: TicketID?
    /// Whether it is a major incident, which other reports join (S99).
    public internal(set) var isMajor: Bool
    /// Whether others than the requester are told how it ends.
    public internal(set) var hasFollowers: Bool
    /// The sites whose desks got the same enquiry, beside the one that received the ticket: they see it too.
    public internal(set) var listeners: [SiteID]

    public init(
        parent: TicketID? = nil, mergedInto: TicketID? = nil, isMajor: Bool = false, hasFollowers: Bool = false,
        listeners: [SiteID] = [], waitsForParent: Bool = false
    ) {
        (self.parent, self.mergedInto) = (parent, mergedInto)
        (self.isMajor, self.hasFollowers) = (isMajor, hasFollowers)
        self.listeners = listeners
        self.waitsForParent = waitsForParent
    }
}
