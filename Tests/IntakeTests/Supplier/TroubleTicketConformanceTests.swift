import DeskTestSupport
import HTTP
import JSON
import PostgresTestSupport
import Testing

/// What a conformance kit for TMF621 asks, as far as a desk answers that gives tickets and takes none.
@Suite("Conformance with TMF621", .database(template: TestDesk.template))
struct TroubleTicketConformanceTests {
    @Test("Every refusal has the status and the body that the interface documents", arguments: ["v4", "v5"])
    func refusals(version: String) async throws {
        let line = try await TroubleTicketLine(version: version)
        let (_, id) = try await line.referred()
        let wanted: [(HTTP.Method, String, String?, Fields, Int)] = [
            (.get, "/troubleTicket/0b8b3f0e-6f0a-4b1e-9d2c-3a5e7c9f1b2d", nil, [:], 404),
            (.get, "/troubleTicket/no-such", nil, [:], 404),
            (.get, "/nothing", nil, [:], 404),
            (.delete, "/troubleTicket/\(id)", nil, [:], 405),
            (.put, "/troubleTicket", "{}", [:], 405),
            (.get, "/troubleTicket", nil, [.accept: "text/html"], 406),
            (.patch, "/troubleTicket/\(id)", "{}", [.contentType: "text/plain"], 415),
            (.patch, "/troubleTicket/\(id)", "{", [:], 400),
            (.patch, "/troubleTicket/\(id)", "{}", [.contentType: "application/json-patch+json"], 400),
            (.post, "/troubleTicket", #"{"description": "x"}"#, [:], 501),
            (.get, "/troubleTicket?offset=-1", nil, [:], 400),
            (.get, "/troubleTicket", nil, [.authorization: "Bearer nothing"], 401),
        ]
        for (method, path, body, fields, status) in wanted {
            let answer = await line.send(method, path, body, fields: fields)
            #expect(answer.status.code == status, "\(method) \(path): \(answer.text)")
            #expect(answer.fields[.contentType] == "application/json", "\(method) \(path)")
            #expect(answer.document["status"]?.string == String(status), "\(method) \(path)")
            #expect(answer.document["code"]?.string?.isEmpty == false, "\(method) \(path)")
            #expect(answer.document["reason"]?.string?.isEmpty == false, "\(method) \(path)")
        }
        #expect(await line.send(.delete, "/troubleTicket/\(id)").fields[.allow]?.contains("PATCH") == true)
    }

    @Test(
        "Tickets are found by an attribute, shown in part, and always with id, href and @type", arguments: ["v4", "v5"])
    func found(version: String) async throws {
        let line = try await TroubleTicketLine(version: version)
        let (_, id) = try await line.referred()
        for path in ["/troubleTicket", "/troubleTicket?status=acknowledged", "/troubleTicket?fields=status"] {
            let ticket = await line.send(.get, path).document[0]
            #expect(ticket?["id"]?.string == id && ticket?["href"] != nil && ticket?["@type"] != nil, "\(path)")
        }
        #expect(await line.send(.get, "/troubleTicket?status=closed").document == [])
        #expect(await line.send(.get, "/troubleTicket/\(id)?fields=status").document["name"] == nil)
        let same = await line.patch(id, "{}")
        #expect(same.status == .ok && same.document["id"]?.string == id)
    }
}
