import Desk
import DeskStore
import DeskTestSupport
import HTTP
import JSON
import Postgres
import PostgresTestSupport
import Testing

@Suite("The hub for suppliers' systems that speak TMF621", .database(template: TestDesk.template))
struct TroubleTicketHubTests {
    private func events(_ line: TroubleTicketLine) async throws -> [String] {
        try await line.operating.store.database.all(
            "select arguments ->> 'kind' from jobs.job where kind = 'supplier.tell' order by id", as: String.self)
    }

    private static let callback = #"{"callback": "https://noc.fjordnett.example/tickets/"}"#

    @Test("A listener is there until it is taken away, once under its address", arguments: ["v4", "v5"])
    func life(version: String) async throws {
        let line = try await TroubleTicketLine(version: version)
        let made = await line.send(.post, "/hub", Self.callback)
        #expect(made.status == .created, "\(made.text)")
        #expect(made.document["callback"] == "https://noc.fjordnett.example/tickets/")
        #expect((made.document["@type"] == "Hub") == (version == "v5"))
        #expect(await line.send(.post, "/hub", Self.callback).status == .conflict)
        let id = try #require(made.document["id"]?.string)
        let other = try await TroubleTicketLine("printwerk", version: version, on: line.gateway)
        if version == "v5" {
            #expect(await line.send(.get, "/hub/\(id)").document == made.document)
            #expect(await other.send(.get, "/hub/\(id)").status == .notFound)
        }
        #expect(await other.send(.delete, "/hub/\(id)").status == .notFound)
        #expect(await line.send(.delete, "/hub/\(id)").status == .noContent)
        #expect(await line.send(.delete, "/hub/\(id)").status == .notFound)
    }

    @Test(
        "What is no address, or asks for what there is not, is refused, and so is one too many",
        arguments: [
            "{}", #"{"callback": "nowhere"}"#,
            #"{"callback": "https://a.example", "query": "eventType=PrinterOnFireEvent"}"#,
            #"{"callback": "https://a.example", "query": "status=pending"}"#,
        ])
    func refused(body: String) async throws {
        let line = try await TroubleTicketLine()
        let refusal = await line.send(.post, "/hub", body)
        #expect([400, 422].contains(refusal.status.code), "\(refusal.text)")
        for number in 1...SupplierListening.most {
            let body = #"{"callback": "https://a\#(number).example"}"#
            #expect(await line.send(.post, "/hub", body).status == .created)
        }
        let last = await line.send(.post, "/hub", #"{"callback": "https://a.example"}"#)
        #expect(last.status == .unprocessableContent && last.text.contains("10"))
    }

    @Test("Each change leaves its events for those who want them, once however often it is sent")
    func events() async throws {
        let line = try await TroubleTicketLine()
        let (_, id) = try await line.referred()
        _ = await line.send(.post, "/hub", Self.callback)
        let query = "eventType=TroubleTicketResolvedEvent,TroubleTicketInformationRequiredEvent"
        _ = await line.send(.post, "/hub", #"{"callback": "https://b.example", "query": "\#(query)"}"#)
        let body = #"{"status": "acknowledged", "externalId": "F-77"}"#
        for _ in 0..<2 { _ = await line.patch(id, body, fields: ["Idempotency-Key": "1"]) }
        #expect(try await events(line) == ["troubleTicketAttributeValueChangeEvent"])
        #expect(try await line.say("Which floor?", status: "pending", on: id).status == .ok)
        #expect(
            try await events(line).dropFirst().sorted() == [
                "troubleTicketAttributeValueChangeEvent", "troubleTicketInformationRequiredEvent",
                "troubleTicketInformationRequiredEvent", "troubleTicketStatusChangeEvent",
            ])
        let refused = await line.patch(id, #"{"status": "no such"}"#)
        #expect(refused.status == .unprocessableContent)
        #expect(try await events(line).count == 5)
    }
}
