import Catalogue
import Desk
import HTTP

/// What an agent can do to a ticket; the raw value is the last part of the address that takes the form.
enum TicketAction: String, CaseIterable, PathValue {
    /// Take it and begin to work.
    case work
    /// Answer for it, without beginning.
    case assignment
    case replies
    case questions
    case notes
    case handovers
    case referrals
    case answers
    case recalls
    case resolution
    case reopenings
    case closure

    /// Whether it can be offered: what a ticket's own rules would refuse in any case is left out.
    func isOffered(on ticket: Ticket, to person: PersonID) -> Bool {
        let isEnded = ticket.state == .resolved || ticket.state == .closed
        let isWithSupplier = ticket.state == .waitingSupplier
        switch self {
        case .work:
            let isHis = ticket.responsibility.person == person
            return !isEnded && !isWithSupplier && !(isHis && ticket.state == .inProgress)
        case .assignment: return !isEnded && ticket.responsibility.person != person
        case .replies: return ticket.state != .closed
        case .questions, .referrals: return !isEnded && !isWithSupplier
        case .notes: return true
        case .handovers, .resolution: return !isEnded
        case .answers, .recalls: return !isEnded && !ticket.suppliers.isEmpty
        case .reopenings: return isEnded
        case .closure: return ticket.state == .resolved
        }
    }
}

/// Why a ticket is handed over; the raw value is what the event keeps.
enum HandoverReason: String, CaseIterable {
    case expertise
    case access
    case timeBox = "time_box"
    case misrouted
    case shiftEnd = "shift_end"
    case other
}
