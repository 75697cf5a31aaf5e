import Desk
import DeskTestSupport
import HTTP
import JSON
import PostgresTestSupport
import Testing

@Suite("Macros over the API", .database(template: TestDesk.template))
struct MacrosOverAPITests {
    @Test("A macro is run once under its key, and one that is not possible is refused with every step")
    func run() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        let path = "/api/v1/tickets/\(number)/macros"
        let listed = await gateway.send(.get, "/api/v1/macros").document
        #expect(listed.array?.compactMap { $0["name"]?.string } == ["password-reset", "network-facts"])
        let key: Fields = ["Idempotency-Key": "once"]
        let done = await gateway.send(.post, path, #"{"name": "password-reset"}"#, fields: key)
        #expect(done.status == .created && done.document["outcome"] == "solved_first_contact", "\(done.text)")
        let again = await gateway.send(.post, path, #"{"name": "password-reset"}"#, fields: key)
        #expect(again.text == done.text)
        let events = await gateway.send(.get, "/api/v1/tickets/\(number)/events").document.array ?? []
        let automated = try #require(events.first { $0["kind"] == "automated" })
        #expect(automated["data"]?["macro"] == "password-reset" && automated["actor"]?["kind"] == "token")
        let refused = await gateway.send(.post, path, #"{"name": "network-facts"}"#)
        #expect(refused.status == .conflict && refused.document["reason"] == "is_resolved", "\(refused.text)")
        #expect(refused.document["errors"]?.array?.count == 1)
        let unknown = await gateway.send(.post, path, #"{"name": "password-rest"}"#)
        #expect(unknown.status == .unprocessableContent && unknown.text.contains("password-reset"))
    }
}
