public import Desk
public import Jobs

/// A ticket is resolved, and its parts with it: from whoever resolved it to the routing worker.
public struct ResolveChildren: Job {
    public static let kind: JobKind = "ticket.resolve-children"
    public static let queue: JobQueue = "routing"
    public static let policy = JobPolicy.standard

    public let ticket: TicketID

    public init(ticket: TicketID) { self.ticket = ticket }
}
