public import Jobs

/// Somebody has left the organisation, or is absent from an instant on: from whoever said so to the routing worker,
/// which puts the tickets he works on back into the queues of their positions (S33).
public struct ReleaseTickets: Job {
    public static let kind: JobKind = "people.release-tickets"
    public static let queue: JobQueue = "routing"
    public static let policy = JobPolicy.standard

    /// The absence that begins; nil for those who have left.
    public let absence: Int64?
    /// Whether it is the look a while after the first one, for a ticket that was given to the person while the first
    /// one was under way.
    public let isSecondLook: Bool?

    public init(absence: Int64? = nil, isSecondLook: Bool? = nil) {
        (self.absence, self.isSecondLook) = (absence, isSecondLook)
    }

    /// The same job as the look after the first one.
    public var secondLook: ReleaseTickets { ReleaseTickets(absence: absence, isSecondLook: true) }
}
