import HTTP
import Runtime
import Sockets
import Testing

@Suite("The client", .timeLimit(.minutes(5)))
struct HTTPClientTests {
    static let endpoints: [Endpoint<Void>] =
        ServerBodyTests.endpoints + [
            Endpoint(.post, "/mirror") { request, _ in
                var response = Response(.accepted, type: "text/plain", bytes: request.body.bytes)
                response.fields["X-Host"] = request.authority?.description
                response.fields["X-Query"] = request.query["q"]
                response.fields["X-Given"] = request.fields["X-Given"]
                return response
            },
            Endpoint(.get, "/elsewhere") { _, _ in .seeOther("/hello") },
        ]

    private static func address(_ server: TestServer, _ path: String, scheme: String = "http") throws -> WebAddress {
        try #require(WebAddress("\(scheme)://127.0.0.1:\(server.port)\(path)"))
    }

    private static func reason(_ body: () async throws -> Response) async -> HTTPClientError? {
        do {
            _ = try await body()
            return nil
        } catch {
            return error as? HTTPClientError
        }
    }

    @Test("A request arrives whole and its answer comes back whole")
    func exchange() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let request = Request(
                .post, to: try Self.address(server, "/mirror?q=a%20b"), fields: ["X-Given": "1"],
                body: RequestBody("hello"))
            let answer = try await server.client().send(request)
            #expect(answer.status == .accepted)
            #expect(answer.text == "hello")
            #expect(answer.fields["X-Host"] == "127.0.0.1:\(server.port)")
            #expect(answer.fields["X-Query"] == "a b")
            #expect(answer.fields["X-Given"] == "1")
        }
    }

    @Test("Chunked answers are put together, redirections are not followed")
    func answers() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let client = try server.client()
            #expect(try await client.send(Request(.get, to: Self.address(server, "/chunks"))).text == "onetwo")
            let moved = try await client.send(Request(.get, to: Self.address(server, "/elsewhere")))
            #expect(moved.status == .seeOther)
            #expect(moved.fields[.location] == "/hello")
            #expect(try await client.send(Request(.head, to: Self.address(server, "/hello"))).body.bytes.isEmpty)
        }
    }

    @Test("It works from any task, not only from those of a loop")
    func offLoop() async throws {
        let loops = EventLoopGroup(count: 1)
        defer { loops.shutdown() }
        let client = HTTPClient(
            loops: loops, resolver: Resolver(offload: Offload(width: 1)), tls: try TLSContext(), rules: nil)
        try await TestServer.run(Self.endpoints) { server in
            let request = Request(.get, to: try Self.address(server, "/hello"))
            // Safe: the value is awaited at once; only a detached task leaves the loop of the test.
            let answer = try await Task.detached { try await client.send(request) }.value
            #expect(answer.text == "hello")
        }
    }

    @Test("An answer that does not come in time is given up, and may have been acted on")
    func timeout() async throws {
        let release = StopSignal()
        let slow = Endpoint<Void>(.get, "/slow") { _, _ in
            await release.wait()
            return Response()
        }
        try await TestServer.run([slow]) { server in
            defer { release.raise() }
            let client = try server.client()
            let request = Request(.get, to: try Self.address(server, "/slow"))
            // Long enough to connect and to ask on a machine that does much else.
            let error = await Self.reason { try await client.send(request, within: .seconds(2)) }
            guard case .timedOut = error?.reason else {
                Issue.record("not timed out but \(String(describing: error))")
                return
            }
            #expect(error?.mayHaveArrived == true)
            #expect(error?.isTransient == true)
        }
    }

    @Test("An answer larger than accepted is given up")
    func tooLarge() async throws {
        try await TestServer.run(Self.endpoints) { server in
            for path in ["/large", "/sized"] {
                let request = Request(.get, to: try Self.address(server, path))
                let error = await Self.reason { try await server.client().send(request, upTo: 5) }
                guard case .tooLarge = error?.reason else {
                    Issue.record("\(path): not too large but \(String(describing: error))")
                    continue
                }
            }
        }
    }

    @Test("Where nobody listens there is no connection, and nothing has been sent")
    func unreachable() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let free = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0)).address.port ?? 0
            let address = try #require(WebAddress("http://127.0.0.1:\(free)/"))
            let error = await Self.reason { try await server.client().send(Request(.get, to: address)) }
            guard case .connection = error?.reason else {
                Issue.record("not refused but \(String(describing: error))")
                return
            }
            #expect(error?.mayHaveArrived == false)
        }
    }

    @Test("An answer that breaks off is an error, and the request may have been acted on")
    func brokenOff() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let request = Request(.get, to: try Self.address(server, "/short"))
            let error = await Self.reason { try await server.client().send(request) }
            guard case .connection = error?.reason else {
                Issue.record("not broken off but \(String(describing: error))")
                return
            }
            #expect(error?.mayHaveArrived == true)
        }
    }

    @Test(
        "Addresses inside are refused before anything is sent, whatever name they have",
        arguments: [
            "http://127.0.0.1:PORT/", "http://localhost:PORT/", "https://127.0.0.1/", "http://[::1]:PORT/",
            "https://10.0.0.1/", "https://169.254.169.254/latest", "https://[::ffff:127.0.0.1]/", "https://0.0.0.0/",
            "https://[fd00::1]/",
        ])
    func refused(text: String) async throws {
        try await TestServer.run(Self.endpoints) { server in
            let address = try #require(WebAddress(text.replacing("PORT", with: "\(server.port)")))
            let client = try server.client(rules: OutboundRules())
            let error = await Self.reason { try await client.send(Request(.get, to: address)) }
            guard case .refusedAddress(let sentence) = error?.reason else {
                Issue.record("not refused but \(String(describing: error))")
                return
            }
            #expect(sentence.contains("MERIDIAN_OUTBOUND_ALLOW"))
            #expect(error?.mayHaveArrived == false)
            #expect(error?.isTransient == false)
        }
    }

    @Test(
        "Public addresses are called with https on the usual ports only",
        arguments: ["http://192.0.2.1/", "https://1.1.1.1:22/", "http://1.1.1.1/"])
    func publicButRefused(text: String) async throws {
        try await TestServer.run(Self.endpoints) { server in
            let address = try #require(WebAddress(text))
            let client = try server.client(rules: OutboundRules())
            let error = await Self.reason { try await client.send(Request(.get, to: address), within: .seconds(5)) }
            guard case .refusedAddress = error?.reason else {
                Issue.record("not refused but \(String(describing: error))")
                return
            }
        }
    }

    @Test("An address that the operator has named may be called, also without encryption")
    func allowed() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let block = try #require(CIDR("127.0.0.0/8"))
            let client = try server.client(rules: OutboundRules(allowing: [block]))
            #expect(try await client.send(Request(.get, to: Self.address(server, "/hello"))).text == "hello")
        }
    }

    @Test("An encrypted server is called under the name and authority of its certificate, and no other")
    func encrypted() async throws {
        let certificate = try SelfMadeCertificate(for: "127.0.0.1")
        defer { certificate.remove() }
        let tls = try TLSContext(certificate: certificate.path, key: certificate.keyPath)
        try await TestServer.run(Self.endpoints, tls: tls) { server in
            let request = Request(.get, to: try Self.address(server, "/hello", scheme: "https"))
            let trusting = try server.client(authorities: certificate.path)
            #expect(try await trusting.send(request).text == "hello")
            let error = await Self.reason { try await server.client().send(request) }
            guard case .tls(let fault) = error?.reason else {
                Issue.record("not refused but \(String(describing: error))")
                return
            }
            #expect(fault.isCertificate)
            #expect(error?.mayHaveArrived == false)
            let other = Request(
                .get, to: try #require(WebAddress("https://localhost:\(server.port)/hello")))
            let misnamed = await Self.reason { try await trusting.send(other) }
            guard case .tls = misnamed?.reason else {
                Issue.record("not refused but \(String(describing: misnamed))")
                return
            }
        }
    }
}
