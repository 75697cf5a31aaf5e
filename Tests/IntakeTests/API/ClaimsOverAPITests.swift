import DeskStore
import DeskTestSupport
import HTTP
import JSON
import Postgres
import PostgresTestSupport
import Testing

@Suite("Mail that claims to go on with somebody else's ticket, over the API", .database(template: TestDesk.template))
struct ClaimsOverAPITests {
    /// Kari's ticket OSL-1, and Eve's OSL-2 whose mail answers Kari's.
    private func claim() async throws -> (gateway: TestGateway, mail: JSON) {
        let (mail, gateway) = (try TestMailDoor(), try await TestGateway())
        _ = try await mail.deliver(TestMailDoor.mail("m1", from: "Kari Nordmann <kari@customer.example>"))
        let answer = TestMailDoor.mail(
            "e1", from: "Eve <eve@elsewhere.example>", "In-Reply-To: <m1@customer.example>\n"
        ).replacing("Smoke", with: "No smoke")
        #expect(try await mail.deliver(answer).hasSuffix("OSL-2"))
        let listed = await gateway.send(.get, "/api/v1/inbound-mail?kind=claim").document.array ?? []
        return (gateway, try #require(listed.first))
    }

    private func entries(of number: String, _ gateway: TestGateway) async -> [JSON] {
        await gateway.send(.get, "/api/v1/tickets/\(number)/entries").document.array ?? []
    }

    private func decide(
        _ mail: JSON, _ body: String, _ gateway: TestGateway, key: String? = nil
    ) async throws -> Response {
        let id = try #require(mail["id"]?.string)
        let fields: Fields = key.map { ["Idempotency-Key": $0] } ?? Fields()
        return await gateway.send(.post, "/api/v1/inbound-mail/\(id)/decisions", body, fields: fields)
    }

    @Test("A claim tells what it claims; accepted, its words are a note there and its own ticket is merged")
    func accepted() async throws {
        let (gateway, mail) = try await claim()
        #expect(mail["ticket"] == "OSL-2" && mail["claims"] == "OSL-1")
        let body = #"{"accepted": true, "follows": true}"#
        let accepted = try await decide(mail, body, gateway, key: "once")
        #expect(accepted.status == .created, "\(accepted.text)")
        #expect(accepted.document["kind"] == "follow_up" && accepted.document["ticket"] == "OSL-1")
        #expect(accepted.document["claims"] == .null)
        let entries = await entries(of: "OSL-1", gateway)
        #expect(entries.map { $0["visibility"]?.string } == ["public", "internal"])
        #expect(entries.last?["author"]?["email"] == "eve@elsewhere.example")
        #expect(entries.last?["text"]?.string?.contains("No smoke") == true)
        #expect(entries.last?["id"] == accepted.document["entry"])
        let merged = try await gateway.ticket("OSL-2").json
        #expect(merged["state"] == "closed" && merged["merged_into"] == "OSL-1", "\(merged.text)")
        #expect(
            try await TestDatabase.current.first("select count(*) from follower where ticket = 1", as: Int.self) == 1)
        #expect(try await decide(mail, body, gateway, key: "once").text == accepted.text)
        #expect(try await decide(mail, body, gateway).status == .conflict)
        #expect(await self.entries(of: "OSL-1", gateway).count == 2)
    }

    @Test("Whoever is not to follow hears nothing more of the ticket")
    func notFollowing() async throws {
        let (gateway, mail) = try await claim()
        #expect(try await decide(mail, #"{"accepted": true}"#, gateway).status == .created)
        #expect(try await TestDatabase.current.first("select count(*) from follower", as: Int.self) == 0)
    }

    @Test("Refused, its own ticket goes on alone, and the other is not touched")
    func refused() async throws {
        let (gateway, mail) = try await claim()
        let before = try await gateway.ticket("OSL-1").tag
        let refused = try await decide(mail, #"{"accepted": false}"#, gateway)
        #expect(refused.status == .created, "\(refused.text)")
        #expect(refused.document["kind"] == "request" && refused.document["ticket"] == "OSL-2")
        #expect(try await gateway.ticket("OSL-2").json["links"] == [])
        #expect(try await gateway.ticket("OSL-1").tag == before)
        #expect(await entries(of: "OSL-1", gateway).count == 1)
        #expect(try await decide(mail, #"{"accepted": true}"#, gateway).status == .conflict)
    }

    @Test("What cannot be merged is not taken over, and stays a claim; a token of another site sees none")
    func impossible() async throws {
        let (gateway, mail) = try await claim()
        let resolved = await gateway.send(
            .put, "/api/v1/tickets/OSL-1/resolution", #"{"outcome": "solved", "note": "Done."}"#,
            fields: [.ifMatch: try await gateway.ticket("OSL-1").tag])
        #expect(resolved.status == .ok, "\(resolved.text)")
        let impossible = try await decide(mail, #"{"accepted": true}"#, gateway)
        #expect(impossible.status == .conflict && impossible.document["reason"] == "is_resolved")
        #expect(await gateway.send(.get, "/api/v1/inbound-mail?kind=claim").document.array?.count == 1)
        #expect(await entries(of: "OSL-1", gateway).allSatisfy { $0["author"]?["email"] != "eve@elsewhere.example" })
        let warsaw = try await TestGateway(at: "WAW")
        #expect(try await decide(mail, #"{"accepted": true}"#, warsaw).status == .notFound)
        #expect(try await decide(mail, #"{"accepted": "yes"}"#, gateway).status == .unprocessableContent)
    }
}
