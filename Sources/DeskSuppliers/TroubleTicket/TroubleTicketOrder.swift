import Desk
public import Foundation
import JSON
import Moments

/// What the desk writes into a supplier's system for one of its messages: no more than the message discloses.
public struct TroubleTicketOrder: Sendable {
    private let event: CloudEvent<DeskMessage>
    private let mapping: TroubleTicketMapping

    /// By which type the identity of the exchange is told from other identifiers.
    public static let exchangeType = "meridianExchange"

    public init(_ event: CloudEvent<DeskMessage>, in mapping: TroubleTicketMapping = .standard) {
        (self.event, self.mapping) = (event, mapping)
    }

    private var message: DeskMessage { event.payload }

    /// The identity of the exchange as their system keeps it, by which the ticket is found again.
    public var exchange: String { message.exchange.uuidString.lowercased() }

    /// The ticket that their system is asked to open. What TMF621 demands and the supplier is not told has a word that
    /// says nothing.
    public var ticket: TroubleTicket {
        var ticket = TroubleTicket()
        ticket.name = text(.subject) ?? message.ourReference
        ticket.description = text(.description) ?? text(.note) ?? text(.subject) ?? message.ourReference
        ticket.severity = severity ?? mapping.severities[.medium]
        ticket.ticketType = text(.kind).flatMap(Ticket.Kind.init(rawValue:)).flatMap { mapping.types[$0] } ?? "incident"
        ticket.priority = priority
        ticket.externalIdentifiers = [
            .init(exchange, owner: event.source, type: Self.exchangeType),
            .init(message.ourReference, owner: event.source, type: "ticketNumber"),
        ]
        ticket.notes = note.map { [$0] } ?? []
        ticket.relatedEntities = [
            .init(message.ourReference, role: "ticket", referredType: "TroubleTicket")
        ]
        if let site = text(.site) { ticket.relatedEntities.append(.init(site, role: "site", referredType: "Site")) }
        if let category = text(.category) {
            let word = mapping.categories[category] ?? category
            ticket.relatedEntities.append(.init(word, role: "category", referredType: "Category"))
        }
        if let requester = text(.requesterEmail) ?? text(.requesterName) {
            ticket.relatedParties = [.init(requester, role: "requester", name: text(.requesterName))]
        }
        return ticket
    }

    /// The note that goes along, under the identity of the message.
    public var note: TroubleTicket.Note? {
        message.words.map {
            .init($0, id: event.id, author: event.source, date: event.time, source: .buyer)
        }
    }

    public var severity: String? {
        number(.impact).flatMap(Impact.init(rawValue:)).flatMap { mapping.severities[$0] }
    }

    public var priority: String? {
        number(.priority).flatMap(Priority.init(rawValue:)).flatMap { mapping.priorities[$0] }
    }

    /// Whether a ticket of theirs is the one of this exchange.
    public func isOurs(_ other: TroubleTicket) -> Bool { other.exchange == message.exchange }

    /// Whether a note of theirs is the one that goes along: it has its identity, or its words, and was written when it
    /// was sent or later.
    ///
    /// - Parameter slack: how far their clock may be behind ours.
    public func isOurs(_ other: TroubleTicket.Note, slack: Duration = .seconds(300)) -> Bool {
        guard let note else { return false }
        if other.id == note.id { return true }
        guard other.text == note.text, other.source != .seller else { return false }
        guard let written = other.date, let sent = note.date else { return true }
        return written >= sent - slack
    }

    /// How far their ticket is; nil for a word that nobody has mapped.
    public func status(of ticket: TroubleTicket) -> TroubleTicketStatus? { ticket.status.flatMap(mapping.status(of:)) }

    /// Whether nothing can be asked of their ticket any more but to open it again.
    public func isOver(_ ticket: TroubleTicket) -> Bool { mapping.isOver(ticket) }

    private func text(_ field: Supplier.Field) -> String? { message.disclosure[field]?.string }
    private func number(_ field: Supplier.Field) -> Int? { message.disclosure[field]?.integer.map(Int.init) }
}

extension TroubleTicket {
    /// The exchange of ours that it belongs to, where it says so.
    public var exchange: UUID? {
        let marked = externalIdentifiers.filter { $0.type == TroubleTicketOrder.exchangeType }
        return (marked.isEmpty ? externalIdentifiers : marked).lazy.compactMap { UUID(uuidString: $0.id) }.first
    }
}
