import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Foundation
import Postgres
import Testing

extension ExaminedDesk {
    /// Has the other desk give a ticket to this one.
    func give(_ exchange: UUID, as message: UUID = UUID(), naming files: [SharedFile] = []) async throws {
        var facts = TicketFacts(
            subject: "A printer", kind: .incident, category: nil, impact: .medium, urgency: .medium, priority: .medium,
            site: "KBH", requesterName: "Mette", requesterEmail: "mette@other.example", description: "It is broken.",
            note: "Please look.")
        facts.files = files
        let told = DeskMessage(
            kind: .referral, exchange: exchange, ourReference: "KBH-7",
            disclosure: Disclosure(of: facts, allowing: Supplier.Field.allCases))
        let event = CloudEvent(
            id: message, source: "https://other.example", time: TestDesk.monday, sequence: 1, payload: told)
        _ = try await shared.store.receive(event.text, messageID: event.id, from: shared.supplier())
        try await settle()
    }

    /// The ticket that came last.
    func newest() async throws -> TicketNumber {
        try #require(
            await shared.database.first("select number from ticket order by id desc limit 1", as: TicketNumber.self))
    }
}
