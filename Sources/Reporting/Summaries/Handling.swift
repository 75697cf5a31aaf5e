import Desk

/// What an event says about who is at work on a ticket (S69): the rules by which its life falls into stretches.
struct Handling {
    /// The ticket after the event.
    let ticket: Ticket
    let event: RecordedEvent

    /// What is done with the ticket from here on; nil while it counts as resolved.
    ///
    /// - Parameter last: what was done with it until now, by the same team; nil where another one had it.
    func phase(after last: Stretch.Phase?) -> Stretch.Phase? {
        switch ticket.state {
        case .resolved, .closed: return nil
        case .waitingRequester: return .requester
        case .waitingSupplier: return .supplier
        case .waitingOther: return .hold
        case .inProgress: return .work
        case .new, .assigned: return isActOfDesk && isWork || last == .work && !isGivenAway ? .work : .queue
        }
    }

    /// Whether somebody of the desk works on the ticket, or has just done something about it.
    var beginsWork: Bool {
        switch ticket.state {
        case .inProgress: true
        case .new, .assigned, .waitingRequester, .waitingSupplier, .waitingOther: isActOfDesk && (isWork || isStep)
        case .resolved: isActOfDesk && event.event.kind == .resolved
        case .closed: false
        }
    }

    private var isActOfDesk: Bool { event.actor.person.map { $0 != ticket.requester } ?? false }

    /// Whether it is work by whoever has the ticket and goes on having it.
    private var isWork: Bool {
        switch event.event.kind {
        case .opened, .taken, .noteAdded, .messageSent, .foundSufficient, .meansChosen, .callbackPromised,
            .callbackMade,
            .inquired:
            true
        default: false
        }
    }

    /// Whether it is a step by which whoever had the ticket passes it on, or waits.
    private var isStep: Bool {
        switch event.event.kind {
        case .handedOver, .foundInsufficient, .requesterAsked, .putOnHold, .waitsForParent, .referred,
            .supplierAnswered,
            .recalled:
            true
        default: false
        }
    }

    /// Whether whoever had the ticket in hand has it no more, though it stays with the team.
    private var isGivenAway: Bool {
        switch event.event.kind {
        case .routed, .assigned, .released: true
        default: false
        }
    }
}
