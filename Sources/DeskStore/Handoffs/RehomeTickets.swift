public import Jobs

/// The organisation no longer has a team, a position or a site: from whoever changed it to the routing worker, which
/// gives the tickets that were there to those who are left.
public struct RehomeTickets: Job {
    public static let kind: JobKind = "organisation.rehome-tickets"
    public static let queue: JobQueue = "routing"
    public static let policy = JobPolicy.standard

    public init() {}
}
