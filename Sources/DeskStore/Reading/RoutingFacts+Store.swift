public import Desk
public import Moments
public import Postgres

extension DeskStore {
    /// A ticket that waits to be routed, with what the routing table may look at; nil if there is no such ticket.
    public func routingFacts(
        of id: TicketID, using transaction: borrowing Transaction
    ) async throws -> (record: TicketRecord, facts: RoutingFacts, directory: Directory)? {
        guard let record = try await transaction.first(.held(id)),
            let requester = try await transaction.first(.person(record.ticket.requester))
        else { return nil }
        let directory = try await directory(using: transaction)
        let text = try await transaction.first(
            "select text from entry where ticket = \(id) order by id limit 1", as: String.self)
        let recipient = try await transaction.first(
            "select recipient from inbound_mail where ticket = \(id) order by id limit 1", as: String.self)
        let ticket = record.ticket
        let facts = RoutingFacts(
            site: directory.code(of: ticket.origin), channel: ticket.channel, kind: ticket.classification.kind,
            impact: ticket.classification.impact, urgency: ticket.classification.urgency,
            category: ticket.classification.category.map { directory.categories.code(of: $0) },
            subject: record.subject, text: text ?? "", recipient: recipient,
            requester: RoutingFacts.Requester(
                address: requester.address, personClass: requester.personClass, language: ticket.language,
                site: requester.homeSite.map { directory.code(of: $0) }))
        return (record, facts, directory)
    }
}

extension Directory {
    /// Whether the calendar with a code is open at a moment; a calendar that nobody knows is not.
    public func isOpen(_ calendar: String, at moment: Moment) -> Bool {
        (try? calendars.inForce(calendar, at: moment))?.calendar.isOpen(at: moment) ?? false
    }
}
