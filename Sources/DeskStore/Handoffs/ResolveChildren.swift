public import Desk
public import Jobs

/// A ticket is resolved, and its parts with it: from whoever resolved it to the routing worker.
public struct ResolveChildren: Job {
    public static let kind: JobKind = "ticket.resolve-children"
    public static let queue: JobQueue = "routing"
    public static let policy = JobPolicy.standard

    public let ticket: TicketID
    /// The last of the parts that are done with.
    public let last: TicketID?

    public init(ticket: TicketID, after last: TicketID? = nil) { (self.ticket, self.last) = (ticket, last) }
}
