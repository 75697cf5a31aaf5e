public import Desk
public import Jobs
import Postgres

/// Other targets or hours are in force: from whoever changed them to the routing worker, which lets the clocks of open
/// tickets follow, some at a time.
public struct FollowTerms: Job {
    public static let kind: JobKind = "clocks.follow-terms"
    public static let queue: JobQueue = "routing"
    /// Nobody waits for it, and there may be many tickets.
    public static let policy = JobPolicy(priority: .low)

    public let site: SiteID
    /// The place of the last ticket that has been looked at.
    public let last: OpenTicket.Turn?

    public init(at site: SiteID, after last: OpenTicket.Turn? = nil) { (self.site, self.last) = (site, last) }
}

extension Transaction {
    /// Leaves a job for each site, in its own lane.
    borrowing func leaveTerms() async throws {
        for (site, code) in try await all("select id, code from site order by id", as: (SiteID, String).self) {
            try enqueueLater(FollowTerms(at: site), site: code)
        }
    }
}
