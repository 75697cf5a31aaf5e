public import Desk
public import Jobs

/// A ticket was resolved, and nobody said anything for as long as the organisation waits: from whoever resolved it to
/// the routing worker.
public struct CloseSilentTicket: Job {
    public static let kind: JobKind = "ticket.close-silent"
    public static let queue: JobQueue = "routing"
    public static let policy = JobPolicy.standard

    public let ticket: TicketID
    /// The ticket's revision when it was resolved.
    public let revision: Int64

    public init(ticket: TicketID, revision: Int64) { (self.ticket, self.revision) = (ticket, revision) }
}
