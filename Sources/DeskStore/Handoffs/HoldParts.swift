public import Desk
public import Jobs

/// Parts of a major incident are to wait with it, or to go on: from whoever said so to the routing worker. There may be
/// hundreds, so each job names some of them; those of one major incident are done in the order in which they were left.
public struct HoldParts: Job {
    public static let kind: JobKind = "ticket.hold-parts"
    public static let queue: JobQueue = "routing"
    public static let policy = JobPolicy.standard

    /// How many tickets a transaction changes.
    static let batch = 50

    public let whole: TicketID
    public let parts: [TicketID]
    /// Whether they go on; else they wait.
    public let goesOn: Bool
    let actorKind: Ticket.Actor.Kind
    let actor: Int64?
    let cause: String?

    init(_ parts: [TicketID], of whole: TicketID, goesOn: Bool, _ recording: Recording) {
        (self.whole, self.parts, self.goesOn) = (whole, parts, goesOn)
        (actorKind, actor, cause) = (recording.actor.kind, recording.actor.identifier, recording.cause)
    }

    /// As what was asked for, so that the history of each part tells who did.
    public var recording: Recording {
        Recording(by: Ticket.Actor(kind: actorKind, identifier: actor) ?? .program, cause: cause)
    }

    /// The jobs for some parts.
    static func jobs(
        for parts: [TicketID], of whole: TicketID, goesOn: Bool, _ recording: Recording
    ) -> [HoldParts] {
        stride(from: 0, to: parts.count, by: batch).map { start in
            HoldParts(
                Array(parts[start..<min(start + batch, parts.count)]), of: whole, goesOn: goesOn, recording)
        }
    }

    var key: String { "parts of \(whole)" }
}
