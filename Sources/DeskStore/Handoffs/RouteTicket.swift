public import Desk
public import Jobs

/// Left by every door that opens a ticket, and by people who want the table to decide once more; the routing worker
/// decides where the ticket belongs.
public struct RouteTicket: Job {
    public static let kind: JobKind = "ticket.route"
    public static let queue: JobQueue = "routing"
    public static let policy = JobPolicy.standard

    public let ticket: TicketID
    /// Who asks for it although the ticket has been routed.
    public let asker: PersonID?

    public init(ticket: TicketID, asker: PersonID? = nil) {
        (self.ticket, self.asker) = (ticket, asker)
    }
}
