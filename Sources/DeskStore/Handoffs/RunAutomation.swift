public import Desk
public import Jobs
public import Moments

/// Something happened at which rules are asked, or the hour came for which one waited: from whoever wrote the event, or
/// from the watch over the hours, to the routing worker.
public struct RunAutomation: Job {
    public static let kind: JobKind = "ticket.automate"
    public static let queue: JobQueue = "routing"
    public static let policy = JobPolicy.standard

    public let ticket: TicketID
    /// The names of the rules that stood when it happened and are to be asked; later ones are not.
    public let rules: [String]
    /// What happened; nil where the hour came.
    public let event: Ticket.Event.Kind?
    /// The hour that came; nil where something happened.
    public let due: Moment?
    /// The rules that led to it, the first one first.
    public let chain: [String]

    public init(
        ticket: TicketID, rules: [String], event: Ticket.Event.Kind? = nil, due: Moment? = nil, chain: [String] = []
    ) {
        (self.ticket, self.rules, self.event, self.due, self.chain) = (ticket, rules, event, due, chain)
    }

    /// The rules of one ticket are asked one after the other.
    var key: String { "automation:\(ticket)" }
}
