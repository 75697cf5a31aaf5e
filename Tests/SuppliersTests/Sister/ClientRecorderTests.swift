import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Foundation
import JSON
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing

@Suite("Tickets that another desk gives us", .database(template: TestDesk.template), .timeLimit(.minutes(5)))
struct ClientRecorderTests {
    /// A desk whose sister is the supplier Fjordnett of the example, at an address where nobody answers.
    private func desk(_ body: (SharedDesk) async throws -> Void) async throws {
        let shared = try await SharedDesk(
            exchangingBy: [
                "connector": "sister", "url": "http://127.0.0.1:1", "known_as": "us",
                "secrets": ["outgoing": ["secret": "to-them"], "incoming": ["secret": "to-us"]],
                "mapping": ["sites": ["KBH": "AMS"], "categories": ["network": "netværk"]],
            ], secrets: ["to-them": WebhookSecret.random().text, "to-us": WebhookSecret.random().text])
        try await body(shared)
        await shared.worker.store.database.close()
    }

    private static let exchange = UUID()

    /// Says something to the desk as the other one would.
    private func say(
        _ kind: SupplierMessage.Kind, _ told: JSONObject = JSONObject(), in exchange: UUID = exchange,
        as id: UUID = UUID(), to shared: SharedDesk
    ) async throws {
        let message = DeskMessage(
            kind: kind, exchange: exchange, ourReference: "KBH-7",
            disclosure: Disclosure(of: told, allowing: Supplier.Field.allCases))
        let event = CloudEvent(
            id: id, source: "https://other.example", time: TestDesk.monday, sequence: 1, payload: message)
        try await hear(event.text, as: event.id, at: shared)
    }

    private func hear(_ text: String, as id: String, at shared: SharedDesk) async throws {
        shared.time.advance(by: .seconds(60))
        _ = try await shared.store.receive(text, messageID: id, from: shared.supplier())
        try await shared.workThrough()
    }

    private func ticket(_ shared: SharedDesk) async throws -> Ticket {
        let number = try #require(
            await shared.database.first("select number from ticket order by id desc limit 1", as: TicketNumber.self))
        return try #require(await shared.store.view(of: number, seeing: .desk, including: true)).ticket
    }

    private func results(_ shared: SharedDesk) async throws -> [String] {
        try await shared.database.all("select result from supplier_receipt order by id", as: String.self)
    }

    /// What the other desk is told, in its order.
    private func told(_ shared: SharedDesk) async throws -> [String] {
        try await shared.database.all(
            "select kind from supplier_message order by supplier_ticket, sequence", as: String.self)
    }

    @Test("One becomes a ticket here, at the site and of the category that the document says, under our own priority")
    func begins() async throws {
        try await desk { shared in
            let told = JSONObject([
                ("subject", "No network"), ("site", "KBH"), ("category", "netværk"), ("kind", "service_request"),
                ("priority", 1), ("impact", 3), ("urgency", 3), ("requester_name", "Mette"),
                ("requester_email", "mette@other.example"), ("description", "Nothing\u{0} works."),
                ("note", "She is a @manager."),
            ])
            let id = UUID()
            for _ in 1...2 { try await say(.referral, told, as: id, to: shared) }
            let ticket = try await ticket(shared)
            let view = try await shared.view(ticket)
            #expect(ticket.number.site == "AMS" && ticket.classification.kind == .serviceRequest)
            #expect(ticket.classification.category == shared.directory.categories["network"])
            #expect(ticket.classification.priority != .critical && ticket.channel == .supplier)
            #expect(view.bonds.first?.theirPriority == "1" && view.bonds.first?.theirReference == "KBH-7")
            #expect(view.bonds.first?.serves == true && ticket.suppliers.isEmpty)
            let words = try await shared.database.all(
                "select visibility, text from entry order by id", as: (String, String).self)
            #expect(words.map(\.0) == ["public", "internal"])
            #expect(words.map(\.1) == ["Nothing\u{FFFD} works.", "She is a @manager."])
            let requester = try await shared.database.first(
                """
                select a.address from person_address a where a.person = \(ticket.requester)
                """, as: String.self)
            #expect(requester == "mette@other.example")
            #expect(try await self.told(shared) == ["acknowledged"], "the same message twice is one ticket")
        }
    }

    @Test("Where nothing may be told but the number, that is what the ticket is known by")
    func barest() async throws {
        try await desk { shared in
            try await say(.referral, to: shared)
            let view = try await shared.view(ticket(shared))
            #expect(view.record.subject == "Fjordnett AS: KBH-7")
            let address = try await shared.database.first(
                "select address from person_address where person = \(view.ticket.requester)", as: String.self)
            #expect(address == "noc@fjordnett.example")
        }
    }

    @Test("Of a ticket that it gave us a desk can say nothing as a supplier does, nor speak of one it never gave")
    func otherRole() async throws {
        try await desk { shared in
            try await say(.referral, to: shared)
            let claim = CloudEvent(
                id: UUID(), source: "https://other.example", subject: nil, time: TestDesk.monday, sequence: 2,
                payload: SupplierStatement(exchange: Self.exchange, .resolved("It is done.")))
            try await hear(claim.text, as: claim.id, at: shared)
            try await say(.answer, in: UUID(), to: shared)
            let ours = try await shared.referred(to: "printwerk")
            let bond = try #require(try await shared.view(ours).bonds.first)
            try await say(.withdrawal, in: bond.uuid, to: shared)
            let results = try await results(shared)
            #expect(results.first == "recorded" && results.dropFirst().allSatisfy { $0.hasPrefix("refused: ") })
            #expect(try await shared.view(ours).ticket.state == .waitingSupplier)
        }
    }

    @Test("Words of the desk to itself never leave, not even as the reason of an end; the end does")
    func internalWords() async throws {
        try await desk { shared in
            try await say(.referral, to: shared)
            let ticket = try await ticket(shared)
            try await shared.record(on: ticket, note: "Nobody here can do it.") {
                .resolved(.tooCostly, note: $0.entry, knowledge: nil)
            }
            shared.time.advance(by: .seconds(60))
            try await shared.workThrough(later: .seconds(3600))
            #expect(try await told(shared) == ["acknowledged", "returned"])
            let bodies = try await shared.database.all(
                "select body from supplier_message where body is not null", as: String.self)
            #expect(!bodies.isEmpty && !bodies.contains { $0.contains("Nobody here") })
            #expect(try await shared.view(ticket).bonds.first?.endedAt != nil)
        }
    }

    @Test("What it solved is opened again; what goes on in another ticket is given back instead")
    func reopens() async throws {
        try await desk { shared in
            try await say(.referral, to: shared)
            let first = try await ticket(shared)
            try await shared.record(on: first) { _ in .resolved(.solved, note: nil, knowledge: .nothing(.oneOff)) }
            try await say(.reopening, JSONObject([("note", "No.")]), to: shared)
            #expect(try await shared.view(first).ticket.state == .assigned)
            #expect(try await told(shared) == ["acknowledged", "resolved", "acknowledged"])

            let other = try await shared.store.accept(TestDesk.submission()).ticket
            try await shared.record(on: first) { _ in .merged(into: other.id) }
            try await say(.reopening, to: shared)
            #expect(try await Array(told(shared).suffix(2)) == ["returned", "returned"])
            #expect(try await shared.view(first).bonds.first?.state == .rejected)
        }
    }

    @Test("A question alone is a request for information, and its solution the answer")
    func asks() async throws {
        try await desk { shared in
            try await say(.question, JSONObject([("note", "Do you know this one?")]), to: shared)
            let ticket = try await ticket(shared)
            #expect(ticket.classification.kind == .informationRequest)
            try await say(.withdrawal, to: shared)
            let view = try await shared.view(ticket)
            #expect(view.ticket.outcome == .withdrawn && view.bonds.first?.state == .withdrawn)
            #expect(try await told(shared) == ["acknowledged"], "it knows what it did itself")
        }
    }
}
