public import Jobs

/// Somebody has left the organisation: from the operator to the routing worker, which puts the tickets he worked on
/// back into the queues of their positions (S33).
public struct ReleaseTickets: Job {
    public static let kind: JobKind = "people.release-tickets"
    public static let queue: JobQueue = "routing"
    public static let policy = JobPolicy.standard

    public init() {}
}
