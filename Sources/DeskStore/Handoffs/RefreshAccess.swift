public import Desk
public import Jobs

/// Others may see the tickets of some teams than before: from the operator to the routing worker, which writes it down
/// ticket by ticket.
public struct RefreshAccess: Job {
    public static let kind: JobKind = "access.refresh"
    public static let queue: JobQueue = "routing"
    public static let policy = JobPolicy.standard

    public let teams: [TeamID]
    /// The oldest ticket that is done; the newest of a team come first.
    public let last: TicketID?

    public init(teams: [TeamID], last: TicketID? = nil) { (self.teams, self.last) = (teams, last) }
}
