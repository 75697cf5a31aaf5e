import Desk
import DeskStore
import DeskTestSupport
import HTTP
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing

@Suite("The supplier door", .database(template: TestDesk.template))
struct SupplierDoorTests {
    private static let event = #"{"specversion": "1.0", "id": "e1", "type": "ticket.updated", "data": {}}"#

    private struct Line {
        let gateway: TestGateway
        let path: String
        let secret = WebhookSecret.random()

        init() async throws {
            gateway = try await TestGateway()
            let supplier = try await gateway.desk.store.directory().organisation.suppliers[0]
            path = "/supplier/v1/\(supplier.code)/events"
            // The operator sets it: the gateway itself may only read it.
            let operating = try TestDesk()
            try await SecretStore(operating.store, keys: gateway.keys)
                .set("\(supplier.code)-incoming", to: Array(secret.text.utf8))
        }

        func send(
            _ body: String, id: String = "msg_1", later: Duration = .zero, signedFor signed: String? = nil,
            secret other: WebhookSecret? = nil
        ) async -> Response {
            let signature = WebhookSignature(
                signing: Array((signed ?? body).utf8), id: id, at: gateway.desk.time.now + later,
                secrets: [other ?? secret])
            return await gateway.send(
                .post, path, body,
                fields: [
                    "webhook-id": signature.id, "webhook-timestamp": signature.timestamp,
                    "webhook-signature": signature.signatures,
                ])
        }
    }

    @Test("A signed message is kept once, with its job, and a repetition is answered alike")
    func signed() async throws {
        let line = try await Line()
        for _ in 0..<3 { #expect(await line.send(Self.event).status == .accepted) }
        let rows = try await TestGateway.rows()
        #expect(rows["supplier_receipt"] == 1 && rows["job"] == 1)
        let kept = try await TestDatabase.current.first("select body from supplier_receipt", as: String.self)
        #expect(kept == Self.event)
        #expect(await line.send(Self.event, id: "msg_2", later: .seconds(-299)).status == .accepted)
        #expect(try await TestGateway.rows()["supplier_receipt"] == 2)
    }

    @Test("A wrong, old, early or missing signature is turned away, and nothing is kept")
    func unsigned() async throws {
        let line = try await Line()
        let answers = [
            await line.send(Self.event, signedFor: "{}"), await line.send(Self.event, secret: .random()),
            await line.send(Self.event, later: .seconds(-301)), await line.send(Self.event, later: .seconds(301)),
            await line.gateway.send(.post, line.path, Self.event),
        ]
        for answer in answers {
            #expect(answer.status == .unauthorized, "\(answer.text)")
            #expect(answer.fields[.contentType] == "application/problem+json")
        }
        #expect(try await TestGateway.rows()["supplier_receipt"] == 0)
    }

    @Test(
        "An unknown supplier is not found, a signed message that is no object is refused, a desk without secret waits")
    func faults() async throws {
        let line = try await Line()
        #expect(await line.gateway.send(.post, "/supplier/v1/nobody/events", "{}").status == .notFound)
        #expect(await line.send("[]").status == .unprocessableContent)
        #expect(await line.send("{").status == .badRequest)
        try await TestDatabase.current.run("delete from secret")
        let waiting = await line.send(Self.event)
        #expect(waiting.status == .serviceUnavailable && waiting.fields[.retryAfter] != nil)
        #expect(try await TestGateway.rows()["supplier_receipt"] == 0)
    }
}
