import Desk
import DeskSuppliers
import Foundation
import JSON
import Moments
import Testing

@Suite("What is written into a supplier's system by TMF621")
struct TroubleTicketOrderTests {
    private static let exchange = UUID()

    private func order(
        _ fields: [Supplier.Field], note: String? = "Please look.", in mapping: TroubleTicketMapping = .standard
    ) -> TroubleTicketOrder {
        let facts = TicketFacts(
            subject: "The line is down", kind: .incident, category: "network", impact: .high, urgency: .high,
            priority: .critical, site: "OSL", requesterName: "Kari Nordmann", requesterEmail: "kari@customer.example",
            description: "Since this morning.", note: note)
        let message = DeskMessage(
            kind: .referral, exchange: Self.exchange, ourReference: "OSL-12",
            disclosure: Disclosure(of: facts, allowing: fields))
        return TroubleTicketOrder(
            CloudEvent(
                id: UUID(), source: "https://desk.example", time: Moment(seconds: 1_772_442_000), sequence: 1,
                payload: message), in: mapping)
    }

    @Test("All that may be told is told, in the supplier's words")
    func whole() {
        let mapping = TroubleTicketMapping(priorities: [.critical: "1 - Critical"], severities: [.high: "1"])
        let ticket = order(Supplier.Field.allCases, in: mapping).ticket
        #expect(ticket.name == "The line is down" && ticket.description == "Since this morning.")
        #expect(ticket.severity == "1" && ticket.priority == "1 - Critical" && ticket.ticketType == "incident")
        #expect(ticket.notes.map(\.text) == ["Please look."] && ticket.notes[0].source == .buyer)
        #expect(ticket.relatedParties.map(\.id) == ["kari@customer.example"])
        #expect(ticket.relatedEntities.map(\.id) == ["OSL-12", "OSL", "network"])
    }

    @Test(
        "What may not be told is nowhere, and what TMF621 demands says nothing",
        arguments: TroubleTicketVersion.allCases)
    func nothing(version: TroubleTicketVersion) {
        let order = order([])
        let text = order.ticket.json(version).text
        for secret in [
            "Kari", "kari@", "line is down", "morning", "look", "extensive", "critical", "network", "\"OSL\"",
        ] {
            #expect(!text.contains(secret), "\(secret)")
        }
        let json = order.ticket.json(version)
        #expect(json["description"] == "OSL-12" && json["severity"] != nil && json["ticketType"] != nil)
        #expect(order.note == nil)
    }

    @Test("Each field shows itself and no other", arguments: Supplier.Field.allCases)
    func single(field: Supplier.Field) {
        let words: [Supplier.Field: String] = [
            .subject: "line is down", .requesterName: "Kari Nordmann", .requesterEmail: "kari@customer.example",
            .description: "Since this morning.", .note: "Please look.", .category: "network", .priority: "critical",
            .impact: "extensive",
        ]
        let text = order([field]).ticket.json(.v5).text
        for (other, word) in words { #expect(text.contains(word) == (other == field), "\(field) shows \(other)") }
    }

    @Test(
        "A ticket of theirs is known by the identity of the exchange, whatever else it holds",
        arguments: TroubleTicketVersion.allCases)
    func found(version: TroubleTicketVersion) {
        let order = order([.subject])
        #expect(order.isOurs(TroubleTicket(reading: order.ticket.json(version))))
        #expect(!order.isOurs(TroubleTicket(id: "TT-1")))
        var other = TroubleTicket(id: "TT-2")
        other.externalIdentifiers = [.init(UUID().uuidString, type: TroubleTicketOrder.exchangeType)]
        #expect(!order.isOurs(other))
    }

    @Test("A note of ours is known by its identity, or by its words where that was taken from it")
    func notes() throws {
        let order = order([.note])
        let own = try #require(order.note)
        #expect(order.isOurs(own))
        let sent = try #require(own.date)
        #expect(order.isOurs(.init(own.text, id: "n-1", author: "integration", date: sent + .seconds(2))))
        #expect(order.isOurs(.init(own.text, id: "n-1")))
        // The same words were written before: those are others.
        #expect(!order.isOurs(.init(own.text, id: "n-1", date: sent - .seconds(3600))))
        #expect(!order.isOurs(.init(own.text, id: "n-1", date: sent, source: .seller)))
        #expect(!order.isOurs(.init("Other words.", id: "n-1", date: sent)))
    }
}
