import DeskTestSupport
import HTTP
import JSON
import Postgres
import PostgresTestSupport
import Testing

@Suite("What a program does wrong over the API", .database(template: TestDesk.template))
struct BadRequestTests {
    @Test("Bad bodies are refused with every fault and its place, and nothing is half-written")
    func bodies() async throws {
        let gateway = try await TestGateway()
        let before = try await TestGateway.rows()
        let cases: [(body: String, status: Status, pointers: [String])] = [
            (#"{"subject": "S", "#, .badRequest, []),
            ("", .badRequest, []),
            (#"{"subject": "S", "subject": "T"}"#, .badRequest, []),
            (#"[]"#, .unprocessableContent, ["#"]),
            (#"{"subject": "S", "text": "T"}"#, .unprocessableContent, ["#/requester"]),
            (
                #"{"subject": "S", "text": "T", "requester": {"name": "Kari"}}"#, .unprocessableContent,
                ["#/requester/email"]
            ),
            (
                #"{"subject": "S", "text": "T", "requester": {"email": "kari"}, "site": "QQQ", "colour": "red"}"#,
                .unprocessableContent, ["#/requester/email", "#/site", "#/colour"]
            ),
            (
                #"{"subject": "a\nb", "text": "", "requester": {"email": "k@x.example"}, "impact": 4, "kind": "riot"}"#,
                .unprocessableContent, ["#/subject", "#/text", "#/kind", "#/impact"]
            ),
            (
                #"{"subject": "S", "text": "\u0000", "requester": {"email": "k@x.example"}}"#, .unprocessableContent,
                ["#/text"]
            ),
        ]
        for (body, status, pointers) in cases {
            let response = await gateway.send(.post, "/api/v1/tickets", body)
            #expect(response.status == status, "\(body): \(response.text)")
            #expect(response.pointers == pointers, "\(body): \(response.text)")
            #expect(response.fields[.contentType] == "application/problem+json")
        }
        let form = await gateway.send(
            .post, "/api/v1/tickets", "subject=S", fields: [.contentType: "application/x-www-form-urlencoded"])
        #expect(form.status == .unsupportedMediaType)
        #expect(try await TestGateway.rows() == before)
    }

    @Test(
        "What could not stand in an envelope is no address, and what could is taken as it is",
        arguments: [
            ("k@x.example", true), ("k+a=}&{b@a-1.x.example", true), ("kåre@ærlig.example", true), ("k@host", true),
            ("k@x.example*", false), ("<k@x.example>", false), ("k@-x.example", false), ("k@x..example", false),
            ("k@x.example.", false), ("k@x_y.example", false), ("Kari <k@x.example>", false), (" k@x.example", false),
            ("k@x.example (Kari)", false), ("a@x.example, b@x.example", false),
        ])
    func addresses(address: String, isTaken: Bool) async throws {
        let gateway = try await TestGateway()
        let response = await gateway.send(
            .post, "/api/v1/tickets", #"{"subject": "S", "text": "T", "requester": {"email": "\#(address)"}}"#)
        #expect(response.status == (isTaken ? .created : .unprocessableContent))
        #expect(response.pointers == (isTaken ? [] : ["#/requester/email"]))
    }

    @Test("No token, a mistyped one, an unknown one and one without the right are turned away")
    func tokens() async throws {
        let gateway = try await TestGateway()
        let reader = try await TestGateway(scopes: ["tickets:read"])
        let unknown = try await TestGateway.makeToken(scopes: [])
        try await TestDatabase.current.run("update api_token set revoked_at = now() where scopes = '{}'")
        for field in ["", "Basic abc", "Bearer", "Bearer mer_abc", "Bearer \(gateway.token)x", "Bearer \(unknown)"] {
            let response = await gateway.send(
                .post, "/api/v1/tickets", TestGateway.printer, fields: [.authorization: field])
            #expect(response.status == .unauthorized, "\(field)")
            #expect(response.fields[.wwwAuthenticate]?.hasPrefix("Bearer realm=") == true)
        }
        let refused = await reader.send(.post, "/api/v1/tickets", TestGateway.printer)
        #expect(refused.status == .forbidden)
        #expect(refused.fields[.wwwAuthenticate]?.contains("insufficient_scope") == true)
        #expect(await reader.send(.get, "/api/v1/tickets").status == .ok)
        #expect(try await TestGateway.rows()["ticket"] == 0)
    }

    @Test("A ticket that does not exist, a number that is none and a path that is none are not found")
    func notFound() async throws {
        let gateway = try await TestGateway()
        for path in [
            "/api/v1/tickets/OSL-99", "/api/v1/tickets/osl", "/api/v1/nothing", "/api/v1/tickets/OSL-1/entries",
        ] {
            let response = await gateway.send(.get, path)
            #expect(response.status == .notFound, "\(path)")
            #expect(response.fields[.contentType] == "application/problem+json")
        }
        #expect(await gateway.send(.delete, "/api/v1/tickets").status == .methodNotAllowed)
    }
}
