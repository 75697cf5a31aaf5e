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

@Suite("The files of a supplier's system", .database(template: TestDesk.template))
struct SupplierFilesTests {
    private static let plan = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 17) }

    /// A supplier with a webhook that has a ticket with a file, and what it signs with.
    private struct Line {
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
            let file = Upload(name: "plan.pdf", type: "application/pdf", bytes: SupplierFilesTests.plan)
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

    @Test("A file that a supplier is told of is had by a request whose target is signed, and no other way")
    func fetching() async throws {
        let line = try await Line()
        let path = "/supplier/v1/\(line.code)/files/\(try await line.file("plan.pdf").uuidString.lowercased())"
        let answer = await line.send(.get, path)
        #expect(answer.status == .ok && answer.fields[.contentType] == "application/pdf")
        #expect(try await answer.read() == Self.plan)
        #expect(await line.send(.get, path, signing: "").status == .unauthorized)
        let other = "/supplier/v1/\(line.code)/files/\(UUID().uuidString.lowercased())"
        #expect(await line.send(.get, other).status == .notFound)
        #expect(await line.send(.get, path, signing: other).status == .unauthorized)
        #expect(await line.gateway.send(.get, path).status == .unauthorized)
    }

    @Test("What may not leave is not there", arguments: [["files"], ["note"], ["note", "file_names"]])
    func withheld(fields: [String]) async throws {
        let line = try await Line(fields: fields)
        let path = "/supplier/v1/\(line.code)/files/\(try await line.file("plan.pdf").uuidString.lowercased())"
        #expect(await line.send(.get, path).status == .notFound)
    }

    @Test("What a supplier sends waits at the ticket, once however often it comes, until an event names it")
    func sending() async throws {
        let line = try await Line()
        let path = "/supplier/v1/\(line.code)/exchanges/\(line.exchange.uuidString.lowercased())/files?name=fuse%2Epng"
        let first = await line.send(.post, path, "bytes", id: "file_1")
        #expect(first.status == .created, "\(first.text)")
        let id = try JSON.parse(first.text)["id"]?.string
        #expect(await line.send(.post, path, "bytes", id: "file_1").text == first.text)
        #expect(await line.send(.post, path, "bytes", id: "file_2").text != first.text)
        #expect(await line.send(.post, path, "other bytes", signing: path + "bytes").status == .unauthorized)
        let kept = try await line.behind.store.database.all(
            """
            select id::text from attachment where name = 'fuse.png' and type = 'image/png' and size = 5
                and ticket = \(line.ticket.id) and entry is null order by id
            """, as: String.self)
        #expect(kept.count == 2 && kept.contains(id ?? ""))
        let nobody = "/supplier/v1/\(line.code)/exchanges/\(UUID().uuidString.lowercased())/files?name=a"
        #expect(await line.send(.post, nobody, "bytes", id: "file_3").status == .notFound)
        #expect(await line.send(.post, path, "", id: "file_4").status == .unprocessableContent)
    }
}
