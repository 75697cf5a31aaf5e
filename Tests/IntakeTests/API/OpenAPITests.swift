import Desk
import DeskStore
import DeskTestSupport
import HTTP
import Intake
import JSON
import PostgresTestSupport
import Testing

@Suite("The OpenAPI document", .database(template: TestDesk.template))
struct OpenAPITests {
    private func document(_ gateway: TestGateway, withToken: Bool = true) async throws -> JSON {
        let fields: Fields = withToken ? [.authorization: "Bearer \(gateway.token)"] : [:]
        let response = await gateway.router.respond(to: Request(.get, "/api/openapi.json", fields: fields))
        try #require(response.status == .ok, "\(response.text)")
        return response.document
    }

    @Test("describes exactly the endpoints behind the door, and those of the reports")
    func operations() async throws {
        let gateway = try await TestGateway()
        let api = API(store: gateway.desk.store, keys: gateway.keys)
        let mounted = (api.door.opens + api.document.opens).map { method, path in
            let shape = path.split(separator: "/").map { $0.first == ":" ? "{\($0.dropFirst())}" : String($0) }
            return "\(method.rawValue.lowercased()) /\(shape.joined(separator: "/"))"
        }
        var described: [String] = []
        for item in try #require(try await document(gateway)["paths"]?.object) {
            for operation in try #require(item.value.object) { described.append("\(operation.name) \(item.name)") }
        }
        let reports = described.filter { $0.hasPrefix("get /api/v1/metrics/") }
        #expect(reports.count == 5)
        #expect(Set(described).subtracting(reports) == Set(mounted))
        #expect(described.count == Set(described).count)
    }

    @Test("gives each operation a name of its own, and refers to nothing that it does not hold")
    func names() async throws {
        let document = try await document(TestGateway())
        let text = String(decoding: document.bytes(), as: UTF8.self)
        let names = text.matches(of: /"operationId":"([^"]+)","summary"/).map { String($0.1) }
        #expect(names.count > 50 && Set(names).count == names.count)
        for reference in Set(text.matches(of: /"\$ref":"#\/([^"]+)"/).map { String($0.1) }) {
            let target = reference.split(separator: "/").reduce(JSON?.some(document)) { $0?[String($1)] }
            #expect(target != nil, "\(reference)")
        }
    }

    @Test("tells the words on the wire")
    func words() async throws {
        let ticket = try #require(try await document(TestGateway())["components"]?["schemas"]?["Ticket"]?["properties"])
        func words(_ name: String) -> [String] {
            let schema = ticket[name]
            return (schema?["enum"] ?? schema?["anyOf"]?[0]?["enum"])?.array?.compactMap(\.string) ?? []
        }
        #expect(words("state") == Ticket.State.allCases.map(\.rawValue))
        #expect(words("kind") == ["incident", "service_request", "information_request"])
        #expect(
            words("outcome") == [
                "solved", "solved_first_contact", "worked_around", "too_costly", "unrepairable", "referred",
                "withdrawn", "duplicate",
            ])
        #expect(words("channel") == ["mail", "web", "api", "phone", "counter", "chat", "supplier", "import"])
        #expect(ticket["priority"]?["maximum"]?.integer == 5 && ticket["impact"]?["maximum"]?.integer == 3)
    }

    @Test("tells strangers nothing of the organisation, and refuses a token that is none")
    func strangers() async throws {
        let gateway = try await TestGateway()
        let (known, open) = (try await document(gateway), try await document(gateway, withToken: false))
        let told = String(decoding: known.bytes(), as: UTF8.self)
        let untold = String(decoding: open.bytes(), as: UTF8.self)
        let organisation = try await gateway.desk.store.directory().organisation
        for code in organisation.sites.map(\.code) + organisation.teams.map(\.code) + organisation.suppliers.map(\.code)
        {
            #expect(told.contains("\"\(code)\""), "\(code)")
            #expect(!untold.contains("\"\(code)\""), "\(code)")
        }
        let wrong = await gateway.router.respond(
            to: Request(.get, "/api/openapi.json", fields: [.authorization: "Bearer mer_wrong"]))
        #expect(wrong.status == .unauthorized)
    }

    @Test("is sent again only when it has changed")
    func tag() async throws {
        let gateway = try await TestGateway()
        let first = await gateway.router.respond(to: Request(.get, "/api/openapi.json"))
        let tag = try #require(first.fields[.entityTag])
        let second = await gateway.router.respond(
            to: Request(.get, "/api/openapi.json", fields: [.ifNoneMatch: tag]))
        #expect(second.status == .notModified && second.body.bytes.isEmpty)
    }
}
