import Desk
import DeskStore
import DeskTestSupport
import Foundation
import HTTP
import JSON
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing

/// A gateway, and the system of a supplier that has tickets from it.
struct TroubleTicketLine: Sendable {
    let gateway: TestGateway
    let supplier: SupplierID
    let token: String
    let version: String
    /// As the desk's own people see it.
    let operating: TestDesk

    init(_ code: String = "fjordnett", version: String = "v5", on other: TestGateway? = nil) async throws {
        if let other { gateway = other } else { gateway = try await TestGateway() }
        self.version = version
        operating = try TestDesk(time: gateway.desk.time)
        supplier = try #require(try await operating.store.directory().suppliers[code])
        let token = Secrets.APIToken.random(prefix: "mer")
        try await operating.store.addToken(
            name: "\(code) \(token.text.suffix(8))", digest: token.digest.bytes, scopes: [], site: nil,
            supplier: supplier, expiresAt: nil)
        self.token = token.text
    }

    /// A ticket that the supplier has, with the identity of the exchange.
    func referred(_ subject: String = "The line is down", note: String = "Please look at it.") async throws
        -> (ticket: Ticket, id: String)
    {
        let (store, supplier) = (operating.store, supplier)
        gateway.desk.time.advance(by: .seconds(60))
        let ticket = try await store.accept(TestDesk.submission(subject: subject)).ticket
        try await store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) {
            .routed($0.ticket.responsibility, rule: "test")
        }
        try await record(on: ticket, note: note) { .referred(supplier, note: $0.entry) }
        let bond = try #require(await view(ticket).bonds.last)
        return (ticket, bond.uuid.uuidString.lowercased())
    }

    func record(
        on ticket: Ticket, note: String, _ event: @escaping @Sendable (Occasion) throws -> Ticket.Event
    ) async throws {
        gateway.desk.time.advance(by: .seconds(60))
        let recording = Recording(by: .program, note: Note(note, visibility: .internal))
        try await operating.store.record(on: ticket.number, seeing: .desk, recording, event: event)
    }

    func view(_ ticket: Ticket) async throws -> TicketView {
        try #require(await operating.store.view(of: ticket.number, seeing: .desk, including: true))
    }

    func send(
        _ method: HTTP.Method, _ path: String, _ body: String? = nil, fields: Fields = Fields()
    ) async -> Response {
        var fields = fields
        if fields[.authorization] == nil { fields[.authorization] = "Bearer \(token)" }
        return await gateway.send(method, "/tmf-api/troubleTicket/\(version)\(path)", body, fields: fields)
    }

    func ticket(_ id: String) async throws -> JSON {
        let response = await send(.get, "/troubleTicket/\(id)")
        try #require(response.status == .ok, "\(response.text)")
        return response.document
    }

    func patch(_ id: String, _ body: String, fields: Fields = Fields()) async -> Response {
        gateway.desk.time.advance(by: .seconds(60))
        return await send(.patch, "/troubleTicket/\(id)", body, fields: fields)
    }

    /// Adds a note as a JSON Patch does, with what else changes.
    func say(_ text: String, status: String? = nil, on id: String) async throws -> Response {
        let note = JSON.object(["op": "add", "path": "/note/-", "value": JSON.object(["text": text])])
        // A list is there only if there is anything in it.
        let list: JSON? = try await ticket(id)["note"] == nil ? ["op": "add", "path": "/note", "value": []] : nil
        let state = status.map { JSON.object(["op": "replace", "path": "/status", "value": $0]) }
        let body = JSON.array([list, note, state].compactMap(\.self)).text
        return await patch(id, body, fields: [.contentType: "application/json-patch+json"])
    }
}
