import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTTP
import TimeZones

/// What an agent can do to a ticket, in the order of the work; the raw value is the last part of the address that takes
/// the form.
enum TicketAction: String, CaseIterable, PathValue {
    /// Take over what another team has offered.
    case acceptance = "offer-acceptance"
    case refusal = "offer-refusal"
    /// Take it and begin to work.
    case work
    /// Answer for it, without beginning.
    case assignment
    /// Give it to somebody else of the team.
    case colleague
    /// Say that what the first line found out is enough, or what is missing.
    case sufficiency
    case shortcomings
    /// Say what is needed to solve it.
    case means
    /// Answer what another team asked.
    case inquiryAnswers = "inquiry-answers"
    /// Say that the promised call-back was made.
    case calls
    case replies
    case questions
    case notes
    /// Say what it is about and how much it matters.
    case classification
    /// Promise a call-back.
    case callbacks
    /// Wait for something that is neither the requester nor a supplier, and wait no longer.
    case hold
    case resumption
    /// Ask somebody who does not get the ticket with the question.
    case inquiries
    case handovers
    case referrals
    case answers
    case resolution
    case reopenings
    case closure
    case recalls
    case inquiryWithdrawals = "inquiry-withdrawals"
    case escalations
    case owner
    /// Put it back in the queue.
    case release
    /// Have the routing table decide once more.
    case routing

    /// Whether it can be offered: what a ticket's own rules would refuse in any case is left out.
    func isOffered(on view: TicketView, to agent: Agent) -> Bool {
        guard agent.worksOnTickets || isForOverseers else { return false }
        let ticket = view.ticket
        let isEnded = ticket.state == .resolved || ticket.state == .closed
        let isWithSupplier = ticket.state == .waitingSupplier
        let isOwnTeam = agent.rights.teams.contains(ticket.responsibility.place.team)
        let open = ticket.undertakings
        switch self {
        case .acceptance, .refusal: return open.offer.map { agent.rights.teams.contains($0.team) } ?? false
        case .work:
            let isBegun = ticket.state == .inProgress && ticket.responsibility.person == agent.person.id
            return isOwnTeam && [.new, .assigned, .inProgress].contains(ticket.state) && !isBegun
        case .assignment: return isOwnTeam && !isEnded && ticket.responsibility.person != agent.person.id
        case .colleague: return isOwnTeam && !isEnded
        case .sufficiency, .shortcomings:
            return !isEnded && isOwnTeam && open.isSufficient == nil && view.wasHandedOver
        case .means: return !isEnded && isOwnTeam && !isWithSupplier
        case .inquiryAnswers, .inquiryWithdrawals: return !isEnded && !subjects(on: view, to: agent).isEmpty
        case .calls: return open.callback != nil
        case .replies: return ticket.state != .closed
        case .questions, .referrals, .hold: return !isEnded && !isWithSupplier
        case .resumption: return ticket.state == .waitingRequester || ticket.state == .waitingOther
        case .notes: return true
        case .classification: return ticket.state != .closed
        case .callbacks, .inquiries, .handovers, .resolution, .routing: return !isEnded
        case .answers, .recalls: return !isEnded && !ticket.suppliers.isEmpty
        case .reopenings: return isEnded && ticket.ties.mergedInto == nil
        case .closure: return ticket.state == .resolved
        case .escalations: return !isEnded && open.escalation != .organisation
        case .owner: return ticket.state != .closed
        case .release: return !isEnded && ticket.responsibility.person != nil
        }
    }

    /// Whether those may do it who work on no tickets but decide about them, as managers do.
    var isForOverseers: Bool {
        switch self {
        case .notes, .escalations, .owner: true
        default: false
        }
    }

    /// Whether a button is enough.
    var needsNoWords: Bool {
        switch self {
        case .acceptance, .work, .assignment, .sufficiency, .closure, .routing, .resumption: true
        default: false
        }
    }

    /// Whether files can be sent with its words. Where what leaves is shown before, they would have to be chosen twice.
    var takesFiles: Bool { [.replies, .questions, .notes].contains(self) }

    /// Whether it is kept out of the way of what is done every day.
    var isRare: Bool {
        switch self {
        case .recalls, .inquiryWithdrawals, .escalations, .owner, .release, .routing: true
        default: false
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

/// The party that an action concerns where a ticket has several: each gets a form of its own.
struct ActionSubject {
    /// What the form's hidden field is called, and holds.
    let field: String
    let value: String
    /// What the party is called.
    let name: String
}

extension TicketAction {
    /// The parties that it can concern; none for what concerns the ticket alone.
    func subjects(on view: TicketView, to agent: Agent) -> [ActionSubject] {
        let teller = TicketTeller(view, wording: agent.wording, zone: .utc)
        let directory = view.directory
        switch self {
        case .recalls, .answers:
            return view.ticket.suppliers.map {
                ActionSubject(field: "supplier", value: directory.suppliers.code(of: $0), name: teller.name(of: $0))
            }
        case .inquiryAnswers, .inquiryWithdrawals:
            let hasTicket = agent.rights.teams.contains(view.ticket.responsibility.place.team)
            return view.questions.filter { asked in
                guard asked.endedAt == nil else { return false }
                guard self == .inquiryAnswers, case .team(let place) = asked.addressee else { return hasTicket }
                return agent.rights.teams.contains(place.team)
            }.map { asked in
                ActionSubject(
                    field: "question", value: asked.question.uuid.uuidString.lowercased(),
                    name: teller.name(asked: asked.addressee))
            }
        default: return []
        }
    }
}

extension TicketView {
    /// Whether a person passed the ticket to the team that has it, which then judges whether it was told enough.
    var wasHandedOver: Bool {
        let place = ticket.responsibility.place
        let stay = legs.reversed().prefix { $0.place == place && $0.episode == ticket.episode }
        return stay.last.map { $0.reason == .handedOver || $0.reason == .offerAccepted } ?? false
    }
}
