import Desk
import DeskStore
import DeskSuppliers
import Foundation
import HTTP
import JSON
import Moments

/// How an exchange looks to a supplier's system as a trouble ticket: what the supplier's allow-list discloses, the
/// number of the ticket, and what the supplier said itself.
struct TroubleTicketFace {
    let version: TroubleTicketVersion
    /// The URL of the desk, without a slash at its end.
    let base: String
    let supplier: Supplier
    let directory: Directory
    var mapping: TroubleTicketMapping { TroubleTicketMapping(supplier.mapping) }

    func path(of exchange: UUID) -> String {
        "\(version.path)/troubleTicket/\(exchange.uuidString.lowercased())"
    }

    func ticket(_ held: HeldTicket) -> TroubleTicket {
        let (bond, facts) = (held.bond, Facts(held, supplier, directory))
        var ticket = TroubleTicket(id: bond.uuid.uuidString.lowercased())
        ticket.href = base + path(of: bond.uuid)
        (ticket.name, ticket.description) = (facts[.subject], facts[.description])
        ticket.priority = facts.number(.priority).flatMap(Priority.init(rawValue:)).flatMap { mapping.priorities[$0] }
        ticket.severity = facts.number(.impact).flatMap(Impact.init(rawValue:)).flatMap { mapping.severities[$0] }
        ticket.ticketType = facts[.kind].flatMap(Ticket.Kind.init(rawValue:)).flatMap { mapping.types[$0] }
        ticket.status = TroubleTicketStatus(bond.state).rawValue
        ticket.creationDate = bond.openedAt
        ticket.statusChanges = statusChanges(of: bond)
        ticket.statusChangeDate = ticket.statusChanges.last?.date
        if bond.state == .resolved { ticket.resolutionDate = bond.endedAt }
        let known = [bond.openedAt, bond.acknowledgedAt, bond.endedAt, held.lines.last?.at]
        ticket.lastUpdate = known.compactMap(\.self).max()
        ticket.notes = notes(of: held)
        ticket.attachments = attachments(of: held)
        identify(&ticket, bond, number: held.record?.ticket.number.description)
        ticket.relatedEntities += [
            facts[.site].map { .init($0, role: "site", referredType: "Site") },
            facts[.category].map { .init(mapping.categories[$0] ?? $0, role: "category", referredType: "Category") },
        ].compactMap(\.self)
        if let id = facts[.requesterEmail] ?? facts[.requesterName] {
            ticket.relatedParties = [.init(id, role: "requester", name: facts[.requesterName])]
        }
        return ticket
    }

    /// Those of which it is known when they began.
    private func statusChanges(of bond: BondView) -> [TroubleTicket.StatusChange] {
        let opened = TroubleTicket.StatusChange(TroubleTicketStatus.acknowledged.rawValue, at: bond.openedAt)
        let state = TroubleTicketStatus(bond.state).rawValue
        return state == opened.status ? [opened] : [opened, .init(state, at: bond.endedAt)]
    }

    /// Version 4 has room for one identifier, and that is the supplier's.
    private func identify(_ ticket: inout TroubleTicket, _ bond: BondView, number: String?) {
        if let theirs = bond.theirReference {
            ticket.externalIdentifiers = [.init(theirs, owner: supplier.code, type: "supplierReference")]
        }
        guard let number else { return }
        if version == .v5 { ticket.externalIdentifiers.append(.init(number, owner: desk, type: "ticketNumber")) }
        ticket.relatedEntities = [.init(number, role: "ticket", referredType: "TroubleTicket")]
    }

    /// Of the desk's notes, those that the supplier may see.
    private func notes(of held: HeldTicket) -> [TroubleTicket.Note] {
        held.lines.compactMap { line in
            switch line.side {
            case .desk:
                Facts(held, supplier, directory, note: line.text)[.note].map {
                    TroubleTicket.Note($0, id: line.id, author: desk, date: line.at, source: .buyer)
                }
            case .supplier:
                TroubleTicket.Note(line.text, id: line.id, author: supplier.name, date: line.at, source: .seller)
            }
        }
    }

    /// Both sides' files; once the exchange has ended, those of the supplier alone.
    private func attachments(of held: HeldTicket) -> [TroubleTicket.Attachment] {
        let place = "\(base)\(path(of: held.bond.uuid))/\(TroubleTicketDoor.files)"
        return held.files.filter { held.record != nil || $0.side == .supplier }.map { held in
            let (file, id) = (held.file, held.file.id.uuidString.lowercased())
            return TroubleTicket.Attachment(
                id: id, file.name, type: file.mediaType, size: Int(file.size), at: "\(place)/\(id)",
                source: held.side == .supplier ? .seller : .buyer)
        }
    }

    /// By what name the desk is known to suppliers.
    private var desk: String { WebAddress(base)?.authority.host ?? "desk" }
}

/// What the supplier is told of a ticket, by the names of its allow-list.
private struct Facts {
    private let disclosure: Disclosure?

    init(_ held: HeldTicket, _ supplier: Supplier, _ directory: Directory, note: String? = nil) {
        guard let record = held.record else {
            disclosure = nil
            return
        }
        let classification = record.ticket.classification
        let facts = TicketFacts(
            subject: record.subject, kind: classification.kind,
            category: classification.category.map { directory.categories.code(of: $0) }, impact: classification.impact,
            urgency: classification.urgency, priority: classification.priority,
            site: directory.code(of: record.ticket.origin),
            requesterName: held.requester?.name ?? "", requesterEmail: held.requester?.address ?? "",
            description: held.description, note: note)
        disclosure = Disclosure(of: facts, allowing: supplier.fields)
    }

    subscript(field: Supplier.Field) -> String? { disclosure?[field]?.string }

    func number(_ field: Supplier.Field) -> Int? { disclosure?[field]?.integer.map(Int.init) }
}
