import Desk
import Moments
import Postgres

/// A ticket with a supplier, from its referral until the supplier or the desk ended that.
struct Referral: Equatable {
    /// How it came to an end.
    enum Ending: String, CaseIterable, PostgresValue {
        /// The supplier solved it.
        case resolved
        /// The supplier gave it back.
        case returned
        /// The desk took it back, or ended the ticket.
        case withdrawn
    }

    let episode: Int
    let supplier: SupplierID
    /// Who answered for the ticket when it was referred.
    let place: Place
    let referredAt: Moment
    /// Whether the supplier had solved it before.
    let isAgain: Bool
    private(set) var acknowledgedAt: Moment?
    private(set) var endedAt: Moment?
    private(set) var ending: Ending?
    /// Beginnings and ends, in turn, of the time in which it was the supplier's turn: not while it waits for an answer.
    private var turns: [Moment]

    init(of ticket: Ticket, to supplier: SupplierID, again isAgain: Bool) {
        (episode, self.supplier, self.isAgain) = (ticket.episode, supplier, isAgain)
        (place, referredAt) = (ticket.responsibility.place, ticket.updatedAt)
        turns = [ticket.updatedAt]
    }

    private var isTheirTurn: Bool { !turns.count.isMultiple(of: 2) }

    /// Takes in another event of the ticket.
    mutating func follow(_ handling: Handling) {
        guard endedAt == nil else { return }
        let ticket = handling.ticket
        guard let sharing = ticket.sharings.first(where: { $0.supplier == supplier && $0.since == referredAt }) else {
            if isTheirTurn { turns.append(ticket.updatedAt) }
            (endedAt, ending) = (ticket.updatedAt, Ending(handling.event.event.kind))
            return
        }
        acknowledgedAt = sharing.acknowledged
        if sharing.waitsForDesk == isTheirTurn { turns.append(ticket.updatedAt) }
    }

    /// The stretches up to an instant in which it was the supplier's turn.
    func turns(until moment: Moment) -> [(start: Moment, end: Moment)] {
        stride(from: 0, to: turns.count, by: 2).compactMap { place in
            let end = turns.indices.contains(place + 1) ? min(turns[place + 1], moment) : moment
            return turns[place] < end ? (turns[place], end) : nil
        }
    }
}

extension Referral.Ending {
    /// What an event made of it that ended it.
    fileprivate init(_ kind: Ticket.Event.Kind) {
        switch kind {
        case .supplierResolved: self = .resolved
        case .supplierReturned: self = .returned
        default: self = .withdrawn
        }
    }
}
