import Desk
import DeskStore
import DeskTestSupport
import Foundation
import HTTP
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing

/// A supplier with a webhook that has a ticket with a file, and what it signs with.
struct FileLine {
    static let plan = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 17) }

    let gateway: TestGateway
    let behind: TestDesk
    let secret = WebhookSecret.random()
    let code: String
    let exchange: UUID
    let ticket: Ticket

    init(fields: [String] = ["note", "files"]) async throws {
        gateway = try await TestGateway()
        behind = try TestDesk()
        let organisation = try TestDesk.organisation { document in
            document["suppliers"] = (document["suppliers"] as? [[String: Any]] ?? []).map {
                $0.merging(["fields": fields]) { $1 }
            }
        }
        _ = try await behind.store.apply(organisation, by: "the tests")
        let directory = try await behind.store.directory()
        let code = directory.organisation.suppliers[0].code
        try await SecretStore(behind.store, keys: gateway.keys).set(
            "\(code)-incoming", to: Array(secret.text.utf8))
        let ticket = try await behind.store.accept(TestDesk.submission()).ticket
        let file = Upload(name: "plan.pdf", type: "application/pdf", bytes: Self.plan)
        let recording = Recording(
            by: .program, note: Note("See the plan.", visibility: .internal, uploads: [file]))
        try await behind.store.record(on: ticket.number, seeing: .desk, recording) {
            .referred(try #require($0.directory.suppliers[code]), note: $0.entry)
        }
        let bond = try await behind.store.database.first("select uuid from supplier_ticket", as: UUID.self)
        exchange = try #require(bond)
        (self.code, self.ticket) = (code, ticket)
    }

    func file(_ name: String) async throws -> UUID {
        try #require(
            await behind.store.database.first("select id from attachment where name = \(name)", as: UUID.self))
    }

    func send(
        _ method: HTTP.Method, _ path: String, _ body: String = "", id: String = "msg_1", signing: String? = nil
    ) async -> Response {
        let signature = WebhookSignature(
            signing: Array((signing ?? path + body).utf8), id: id, at: gateway.desk.time.now, secrets: [secret])
        return await gateway.send(
            method, path, body,
            fields: [
                "webhook-id": signature.id, "webhook-timestamp": signature.timestamp,
                "webhook-signature": signature.signatures, "content-type": "image/png",
            ])
    }
}
