import Moments

/// The legs of one ticket, in order.
public struct Ledger: Hashable, Sendable {
    public private(set) var legs: [Leg]

    public init(legs: [Leg] = []) { self.legs = legs }

    /// The leg in which the ticket is; none once it is closed.
    public var open: Leg? { legs.last.flatMap { $0.endedAt == nil ? $0 : nil } }

    /// Writes down what effects say about legs, one event after the other: the way of the store.
    public mutating func record(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .closeLeg(let moment): legs[legs.count - 1].endedAt = moment
            case .openLeg(let leg): legs.append(leg)
            default: break
            }
        }
    }

    /// The legs of a whole history, read from the states that the ticket went through after each event: the way of
    /// an audit, which does not trust effects.
    public init(states: some Sequence<(ticket: Ticket, event: Ticket.Event.Kind)>) {
        legs = []
        var before: Ticket?
        for (ticket, event) in states {
            defer { before = ticket }
            if ticket.state == .closed {
                if open != nil { legs[legs.count - 1].endedAt = ticket.updatedAt }
                continue
            }
            let isFirst = before?.episode != ticket.episode
            if let open, !isFirst, open.isHeld(as: ticket) { continue }
            if open != nil { legs[legs.count - 1].endedAt = ticket.updatedAt }
            legs.append(
                Leg(
                    episode: ticket.episode, isFirst: isFirst, holder: ticket.holder,
                    place: ticket.responsibility.place, position: ticket.responsibility.position, reason: event,
                    startedAt: ticket.updatedAt))
        }
    }
}

extension Leg {
    fileprivate func isHeld(as ticket: Ticket) -> Bool {
        holder == ticket.holder && place == ticket.responsibility.place && position == ticket.responsibility.position
    }
}
