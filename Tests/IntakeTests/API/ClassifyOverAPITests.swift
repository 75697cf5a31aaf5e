import Desk
import DeskStore
import DeskTestSupport
import HTTP
import JSON
import Postgres
import PostgresTestSupport
import Testing

@Suite("Priority, tags and confidentiality over the API", .database(template: TestDesk.template))
struct ClassifyOverAPITests {
    private func patch(_ gateway: TestGateway, _ number: String, _ body: String) async throws -> Response {
        let tag = try await gateway.ticket(number).tag
        return await gateway.send(.patch, "/api/v1/tickets/\(number)", body, fields: [.ifMatch: tag])
    }

    @Test("A priority that was chosen keeps its reason and outlasts other changes, until it is given back")
    func priority() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        let reason = "The board meets in an hour."
        let chosen = try await patch(gateway, number, #"{"priority":1,"priority_reason":"\#(reason)"}"#)
        #expect(chosen.status == .ok, "\(chosen.text)")
        #expect(chosen.document["priority"] == 1 && chosen.document["priority_basis"] == "person")
        #expect(chosen.document["priority_reason"]?.string == reason)
        let later = try await patch(gateway, number, #"{"impact":3,"urgency":3}"#)
        #expect(later.document["priority"] == 1 && later.document["impact"] == 3)
        let events = await gateway.send(.get, "/api/v1/tickets/\(number)/events").document.array ?? []
        let change = try #require(events.first { $0["data"]?["basis"] == "person" })
        #expect(change["data"]?["reason"]?.string?.count == 36, "the entry that holds the words")
        #expect(!events.map(\.text).joined().contains("board"))
        let released = try await patch(gateway, number, #"{"priority":null}"#)
        #expect(released.document["priority"] == 5 && released.document["priority_basis"] == "matrix")
        #expect(released.document["priority_reason"] == .null)
        let lonely = try await patch(gateway, number, #"{"priority_reason":"because"}"#)
        #expect(lonely.status == .unprocessableContent, "\(lonely.text)")
        let unfounded = try await patch(gateway, number, #"{"priority":2,"impact":9}"#)
        #expect(unfounded.status == .unprocessableContent)
        #expect(unfounded.pointers.sorted() == ["#/impact", "#/priority_reason"], "\(unfounded.text)")
        #expect(try await gateway.ticket(number).json["priority"] == 5)
    }

    @Test("Tags are set as a whole, told, and found by one of them")
    func tags() async throws {
        let gateway = try await TestGateway()
        let (one, other) = (try await gateway.open(), try await gateway.open())
        let tagged = try await patch(gateway, one, #"{"tags":["vpn","may-2026","vpn"]}"#)
        #expect(tagged.document["tags"] == ["may-2026", "vpn"])
        _ = try await patch(gateway, other, #"{"tags":["vpn"]}"#)
        func found(_ tag: String) async -> [String] {
            let list = await gateway.send(.get, "/api/v1/tickets?tag=\(tag)").document.array ?? []
            return list.compactMap { $0["number"]?.string }
        }
        #expect(await found("vpn") == [other, one])
        _ = try await patch(gateway, one, #"{"tags":["may-2026"]}"#)
        #expect(await found("vpn") == [other])
        #expect(await found("may-2026") == [one])
        #expect(await gateway.send(.get, "/api/v1/tickets?tag=No%20Tag").status == .badRequest)
        #expect(try await patch(gateway, one, #"{"tags":["Big Words"]}"#).status == .unprocessableContent)
    }

    @Test("A token of every site sees nothing of a confidential team's ticket, in no list and no search")
    func confidential() async throws {
        let gateway = try await TestGateway()
        let body = #"{"subject": "Feil i lønn", "text": "T", "requester": {"email": "x@customer.example"}}"#
        let number = try await gateway.open(body)
        #expect(await gateway.send(.get, "/api/v1/tickets/\(number)").status == .ok, "before it is routed")
        let desk = try TestDesk()
        let key = try #require(TicketNumber(number))
        let ticket = try #require(await desk.store.view(of: key, seeing: .desk, including: true)).ticket
        _ = try await desk.store.transaction { (transaction: borrowing Transaction) in
            try await desk.store.route(ticket.id, cause: "test", using: transaction)
        }
        for path in ["", "/events", "/legs", "/clocks", "/entries"] {
            #expect(await gateway.send(.get, "/api/v1/tickets/\(number)\(path)").status == .notFound, "\(path)")
        }
        for query in [
            "", "?q=l%C3%B8nn", "?q=\(number)", "?team=osl-staff", "?category=staff", "?requester=x@customer.example",
        ] {
            #expect(await gateway.send(.get, "/api/v1/tickets\(query)").document == [], "\(query)")
        }
    }
}
