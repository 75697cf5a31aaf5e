public import Moments

/// A stretch of time in which one party held a ticket and one position answered for it.
public struct Leg: Hashable, Sendable {
    public let episode: Int
    /// Whether it is the first of its episode; each other one begins where the one before it ended.
    public let isFirst: Bool
    public let holder: Holder
    public let place: Place
    public let position: PositionID
    /// The event by which it began.
    public let reason: Ticket.Event.Kind
    public let startedAt: Moment
    /// Nil while it is open.
    public internal(set) var endedAt: Moment?

    public init(
        episode: Int, isFirst: Bool, holder: Holder, place: Place, position: PositionID, reason: Ticket.Event.Kind,
        startedAt: Moment, endedAt: Moment? = nil
    ) {
        self.episode = episode
        self.isFirst = isFirst
        self.holder = holder
        self.place = place
        self.position = position
        self.reason = reason
        self.startedAt = startedAt
        self.endedAt = endedAt
    }

    /// The end of the leg before it in the same episode, which is where it began.
    public var previousEnd: Moment? { isFirst ? nil : startedAt }
}
