public import Desk
public import Jobs

/// Left by every door that opens a ticket (and by a reopening); the routing worker decides where it belongs.
public struct RouteTicket: Job {
    public static let kind: JobKind = "ticket.route"
    public static let queue: JobQueue = "routing"
    public static let policy = JobPolicy.standard

    public let ticket: TicketID

    public init(ticket: TicketID) { self.ticket = ticket }
}
