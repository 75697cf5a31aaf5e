public import Moments

/// An event as the log keeps it.
public struct RecordedEvent: Hashable, Sendable {
    public let at: Moment
    public let actor: Ticket.Actor
    public let event: Ticket.Event

    public init(at: Moment, actor: Ticket.Actor, event: Ticket.Event) {
        (self.at, self.actor, self.event) = (at, actor, event)
    }
}

extension Ticket {
    /// Why a log cannot be replayed.
    public enum ReplayFault: Error, Hashable, Sendable {
        /// The first event, and no other, opens the ticket.
        case beginsOtherwise
        /// The event with this revision could not happen to the ticket as it was.
        case refused(revision: Int64, Refusal)
    }

    /// The states that a ticket went through, one for each event of its log, the last being the present one.
    public static func replay(
        _ log: [RecordedEvent], id: TicketID
    ) throws(ReplayFault) -> [(ticket: Ticket, effects: [Effect])] {
        guard let first = log.first, case .opened(let opening) = first.event else { throw .beginsOtherwise }
        var states = [open(opening, id: id, at: first.at, by: first.actor)]
        var ticket = states[0].ticket
        for recorded in log.dropFirst() {
            do {
                let effects = try ticket.again(recorded)
                states.append((ticket, effects))
            } catch {
                throw .refused(revision: ticket.revision + 1, error)
            }
        }
        return states
    }

    /// What happened once happens again. What a team keeps to itself is the organisation's to say, which the log does
    /// not tell: it was otherwise where that alone would have refused the event.
    private mutating func again(_ recorded: RecordedEvent) throws(Refusal) -> [Effect] {
        do {
            return try apply(recorded.event, at: recorded.at, by: recorded.actor)
        } catch {
            guard error.reason == .isConfidential || error.reason == .isMajor else { throw error }
            responsibility.isConfidential.toggle()
            return try apply(recorded.event, at: recorded.at, by: recorded.actor)
        }
    }
}
