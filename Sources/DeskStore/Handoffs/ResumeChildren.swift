public import Desk
public import Jobs

/// A ticket is a major incident no more, and nobody waits with it: from whoever said so to the routing worker.
public struct ResumeChildren: Job {
    public static let kind: JobKind = "ticket.resume-children"
    public static let queue: JobQueue = "routing"
    public static let policy = JobPolicy.standard

    public let ticket: TicketID
    /// The last of the parts that are done with.
    public let last: TicketID?

    public init(ticket: TicketID, after last: TicketID? = nil) { (self.ticket, self.last) = (ticket, last) }
}
