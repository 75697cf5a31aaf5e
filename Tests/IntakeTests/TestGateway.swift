import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import Foundation
import HTTP
import Intake
import JSON
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Suppliers
import Testing

/// The doors of a gateway, acting under the database role that the gateway has, with a token that may do everything.
struct TestGateway: Sendable {
    let desk: TestDesk
    let keys = MasterKeys(id: "test", key: .random())
    let secrets: SecretStore
    let router: Router
    let token: String

    init(scopes: [String] = ["tickets:read", "tickets:write"], at site: String? = nil) async throws {
        desk = try TestDesk(as: "meridian_intake")
        secrets = SecretStore(desk.store, keys: keys)
        router = Self.router(desk.store, keys: keys, secrets: secrets)
        token = try await Self.makeToken(scopes: scopes, at: site)
    }

    static func router(
        _ store: DeskStore, keys: MasterKeys, secrets: SecretStore, rate: Int = TokenRates.standard,
        watch: TicketWatch? = nil
    ) -> Router {
        let preview = ExchangePreview(store, source: "https://desk.example")
        let api = API(
            store: store, keys: keys, rate: rate, watch: watch,
            leaving: { try await preview.leaving($0, of: $1, to: $2, saying: $3, seeing: $4) })
        return Router(
            api.door, API(store: store, keys: keys).document,
            SupplierDoor(store: store, secrets: secrets, log: .silent).door,
            ListenerDoor(store: store, secrets: secrets).door,
            TroubleTicketDoor(store: store, base: "https://desk.example", log: .silent).door,
            renderError: TroubleTicketDoor.renderer(over: Problems.renderer(.silent)))
    }

    /// A token as the operator makes one: the gateway itself may not.
    static func makeToken(scopes: [String], at site: String? = nil, rate: Int? = nil) async throws -> String {
        let operating = try TestDesk()
        let token = Secrets.APIToken.random(prefix: "mer")
        let directory = try await operating.store.directory()
        try await operating.store.addToken(
            name: "test \(token.text.suffix(8))", digest: token.digest.bytes, scopes: scopes,
            site: site.flatMap { directory.sites[$0] }, expiresAt: nil, rate: rate)
        return token.text
    }

    /// Sends a request as a program with the token does.
    func send(_ method: HTTP.Method, _ path: String, _ body: String? = nil, fields: Fields = Fields()) async -> Response
    {
        var request = Request(method, path, fields: fields)
        if request.fields[.authorization] == nil { request.fields[.authorization] = "Bearer \(token)" }
        if let body {
            request.body = RequestBody(body)
            if request.fields[.contentType] == nil { request.fields[.contentType] = "application/json" }
        }
        let response = await router.respond(to: request)
        if path.hasPrefix("/api/v1/") { await checkAgainstDocument(method, path, response) }
        return response
    }

    /// Every answer that a test gets is held against what the OpenAPI document says of it.
    private func checkAgainstDocument(_ method: HTTP.Method, _ path: String, _ response: Response) async {
        do {
            let document = try await DocumentedAPI(TestGateway.document(of: self))
            let faults = try document.faults(in: response, to: method, path)
            #expect(faults.isEmpty, "\(method) \(path): \(faults.joined(separator: "; "))")
        } catch {
            Issue.record("\(error)")
        }
    }

    private static func document(of gateway: TestGateway) async throws -> JSON {
        let request = Request(.get, "/api/openapi.json", fields: [.authorization: "Bearer \(gateway.token)"])
        return try await JSON.parse(gateway.router.respond(to: request).body.bytes)
    }

    /// Opens a ticket and returns its number.
    func open(_ body: String = TestGateway.printer) async throws -> String {
        let response = await send(.post, "/api/v1/tickets", body)
        try #require(response.status == .created, "\(response.text)")
        return try #require(response.document["number"]?.string)
    }

    /// Reads a ticket.
    func ticket(_ number: String) async throws -> (json: JSON, tag: String) {
        let response = await send(.get, "/api/v1/tickets/\(number)")
        try #require(response.status == .ok, "\(response.text)")
        return (response.document, try #require(response.fields[.entityTag]))
    }

    static let printer = """
        {"subject": "The printer is on fire", "text": "Smoke comes out of it.", "site": "OSL",
         "requester": {"email": "kari@customer.example", "name": "Kari Nordmann"}}
        """

    /// How many rows there are of each thing that a door writes.
    static func rows() async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for table in [
            "ticket", "entry", "event", "leg", "attachment", "idempotency", "inbound_mail", "person",
            "supplier_receipt",
            "blob",
        ] {
            counts[table] = try await TestDatabase.current.first(
                "select count(*) from \(identifier: table)", as: Int.self)
        }
        counts["job"] = try await TestDatabase.current.first("select count(*) from jobs.job", as: Int.self)
        return counts
    }
}

extension Response {
    /// The body as JSON; null where it is none.
    var document: JSON { (try? JSON.parse(body.bytes)) ?? .null }

    /// The pointers of the faults that a problem lists.
    var pointers: [String] { document["errors"]?.array?.compactMap { $0["pointer"]?.string } ?? [] }
}
