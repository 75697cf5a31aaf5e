import Desk
import DeskStore
import Foundation
import JSON
import Moments

/// A ticket as the API tells of it.
struct TicketJSON {
    let card: TicketCard
    let directory: Directory

    init(_ card: TicketCard, in directory: Directory) { (self.card, self.directory) = (card, directory) }

    var json: JSON {
        let ticket = card.ticket
        let (kind, responsibility) = (ticket.classification, ticket.responsibility)
        return .object([
            "number": ticket.number.description, "kind": kind.kind.rawValue, "subject": card.record.subject,
            "state": ticket.state.rawValue, "outcome": ticket.outcome?.rawValue, "priority": kind.priority.rawValue,
            "priority_basis": kind.basis.rawValue, "priority_reason": card.priorityReason,
            "impact": kind.impact.rawValue, "urgency": kind.urgency.rawValue, "tags": kind.tags,
            "category": kind.category.map { directory.categories.code(of: $0) },
            "site": directory.code(of: responsibility.place.site), "tier": responsibility.place.tier,
            "team": directory.teams.code(of: responsibility.place.team),
            "position": directory.positions.code(of: responsibility.position), "person": card.workerAddress,
            "requester": JSON.object([
                "email": card.requester.address, "name": card.requester.name,
                "class": card.requester.personClass, "language": ticket.language,
            ]),
            "channel": ticket.channel.rawValue, "opened_at": ticket.times.opened,
            "first_response_at": ticket.times.firstResponse, "resolved_at": ticket.times.resolved,
            "closed_at": ticket.times.closed,
            "due": JSON.object(["response": card.due[.firstResponse], "resolution": card.due[.resolution]]),
            "supplier_tickets": card.bonds.map(supplierTicket), "links": card.links.map(link),
            "parent": card.parent?.description, "children": card.children,
            "merged_into": card.mergedInto?.description, "major": ticket.ties.isMajor,
            "owner": directory.positions.code(of: ticket.owner), "callback": callback(ticket.undertakings),
            "hold": hold, "means": ticket.undertakings.means?.rawValue,
            "questions": ticket.undertakings.inquiries.map(question),
            "sufficient": ticket.undertakings.isSufficient, "returns": ticket.undertakings.returns,
            "escalation": ticket.undertakings.escalation?.rawValue,
            "offer": ticket.undertakings.offer.map { $0.json(in: directory) },
        ])
    }

    private func callback(_ undertakings: Undertakings) -> JSON {
        guard let callback = undertakings.callback else { return .null }
        return .object(["due": callback.due, "promised_at": callback.promisedAt])
    }

    /// Null where it is not on hold; without a moment where somebody has to take it up again.
    private var hold: JSON {
        guard card.ticket.state == .waitingOther else { return .null }
        return .object([
            "until": card.ticket.undertakings.resumesAt, "with_parent": card.ticket.ties.waitsForParent,
        ])
    }

    private func question(_ inquiry: Inquiry) -> JSON {
        .object([
            "id": card.questions[inquiry.question]?.uuidString.lowercased(),
            "to": inquiry.addressee.json(in: directory), "asked_at": inquiry.askedAt,
        ])
    }

    private func link(_ link: TicketLink) -> JSON {
        .object([
            "number": link.number.description, "kind": link.kind.rawValue, "direction": link.direction.rawValue,
        ])
    }

    private func supplierTicket(_ bond: BondView) -> JSON {
        .object([
            "supplier": directory.suppliers.code(of: bond.supplier), "state": bond.state.rawValue,
            "our_reference": bond.ourReference(of: card.ticket), "their_reference": bond.theirReference,
            "exchange": bond.uuid.uuidString.lowercased(), "serves": bond.serves,
        ])
    }
}
