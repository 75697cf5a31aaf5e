public import Desk
public import Jobs
public import Moments

/// A ticket is on hold until a moment: from whoever put it there to the routing worker, which takes it up again then.
public struct ResumeTicket: Job {
    public static let kind: JobKind = "ticket.resume"
    public static let queue: JobQueue = "routing"
    public static let policy = JobPolicy.standard

    public let ticket: TicketID
    /// The moment; a ticket that waits until another one meanwhile is left alone.
    public let due: Moment

    public init(ticket: TicketID, due: Moment) { (self.ticket, self.due) = (ticket, due) }
}
