import DeskStore
import DeskTestSupport
import HTTP
import Intake
import Mail
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Sockets
import Testing

@Suite("A gateway on the wire", .database(template: TestDesk.template))
struct GatewayOnTheWireTests {
    /// Runs a server until `body` has had its answers.
    private func serve(
        _ make: (Listener, EventLoopGroup) -> any Service,
        _ body: @escaping @Sendable (SocketAddress) async throws -> Void
    ) async throws {
        let loops = TestDatabase.loops
        let listener = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
        let address = listener.address
        let service = make(listener, loops)
        let stop = StopSignal()
        async let served: Void = service.run(until: stop)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await loops.next().run { try await body(address) })
        } catch {
            outcome = .failure(error)
        }
        stop.raise()
        try await served
        try outcome.get()
    }

    private static func exchange(_ text: String, with address: SocketAddress) async throws -> String {
        let stream = try await ByteStream.connect(to: address, within: .seconds(20))
        stream.setReadDeadline(after: .seconds(20))
        try await stream.write(text)
        var bytes: [UInt8] = []
        while try await stream.read(into: &bytes) > 0 {}
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("A body that is too large is refused before it is taken, and nothing is written")
    func tooLarge() async throws {
        let gateway = try await TestGateway()
        let head = "POST /api/v1/tickets HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer \(gateway.token)\r\n"
        try await serve { listener, loops in
            HTTPServer(listener, router: gateway.router, loops: loops)
        } _: { address in
            let answer = try await Self.exchange(
                head + "Content-Type: application/json\r\nContent-Length: 2000000\r\n\r\n", with: address)
            #expect(answer.hasPrefix("HTTP/1.1 413 "), "\(answer)")
            #expect(answer.contains("application/problem+json"))
        }
        #expect(try await TestGateway.rows()["ticket"] == 0)
    }

    @Test("With the database away the API answers 503 and says when to try again")
    func away() async throws {
        let gateway = try await TestGateway()
        let nowhere = try TestDatabase.own.open { configuration in
            configuration = DatabaseConfiguration(configuration.connection.with("host", "/nonexistent"))
            configuration.acquireTimeout = .milliseconds(200)
        }
        let store = DeskStore(nowhere, timekeeper: gateway.desk.time, zones: TestDesk.zones)
        let router = TestGateway.router(
            store, keys: gateway.keys, secrets: SecretStore(store, keys: gateway.keys))
        var request = Request(.post, "/api/v1/tickets", fields: [.authorization: "Bearer \(gateway.token)"])
        request.body = RequestBody(TestGateway.printer)
        let answer = await router.respond(to: request)
        await nowhere.close()
        #expect(answer.status == .serviceUnavailable, "\(answer.text)")
        #expect(answer.fields[.retryAfter] == "5")
    }

    @Test("Mail is taken over LMTP, an answer for each recipient")
    func lmtp() async throws {
        let mail = try TestMailDoor()
        let text = TestMailDoor.mail("m1").replacing("\n", with: "\r\n")
        try await serve { listener, loops in
            LMTPServer(
                on: listener, hostName: "desk.example", loops: loops, accept: { try await mail.door.accept($0) },
                deliver: { await mail.door.deliver($0, $1) })
        } _: { address in
            let answer = try await Self.exchange(
                """
                LHLO mx.example\r
                MAIL FROM:<kari@customer.example>\r
                RCPT TO:<hjelp@oslo.norrsken.example>\r
                RCPT TO:<nobody@norrsken.example>\r
                RCPT TO:<pomoc@warszawa.norrsken.example>\r
                DATA\r
                \(text).\r
                QUIT\r

                """, with: address)
            #expect(answer.contains("250 2.1.5 <hjelp@oslo.norrsken.example> OSL-1\r\n"), "\(answer)")
            #expect(answer.contains("550 5.1.1 <nobody@norrsken.example>"))
            #expect(answer.contains("250 2.1.5 <pomoc@warszawa.norrsken.example> OSL-1\r\n"))
        }
    }
}
