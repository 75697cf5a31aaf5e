import HTTP
import Runtime
import Sockets
import Synchronization
import Testing

@Suite("Connections that the client uses again", .timeLimit(.minutes(5)))
struct HTTPClientReuseTests {
    private static func address(_ server: TestServer, _ path: String) throws -> WebAddress {
        try #require(WebAddress("http://127.0.0.1:\(server.port)\(path)"))
    }

    private static func connections(_ server: TestServer) -> Bool {
        server.metrics.text(as: .prometheus).contains("http_connections 1\n")
    }

    private final class Countdown: Sendable {
        private let left: Atomic<Int>

        init(_ count: Int) { left = Atomic(count) }

        func next() -> Bool { left.wrappingSubtract(1, ordering: .relaxed).newValue >= 0 }
    }

    @Test("serve one request after the other, whatever the method")
    func again() async throws {
        try await TestServer.run(HTTPClientTests.endpoints) { server in
            let client = try server.client()
            for _ in 0..<5 {
                #expect(try await client.send(Request(.get, to: Self.address(server, "/hello"))).text == "hello")
                let post = Request(.post, to: try Self.address(server, "/mirror"), body: RequestBody("more"))
                #expect(try await client.send(post).text == "more")
                #expect(try await client.send(Request(.get, to: Self.address(server, "/chunks"))).text == "onetwo")
            }
            #expect(Self.connections(server))
        }
    }

    @Test("are left when the server has closed them meanwhile; the request goes on another one")
    func stale() async throws {
        var limits = ServerLimits()
        // Longer than a new connection needs for its request on a machine that does much else.
        limits.idleTime = .seconds(1)
        try await TestServer.run(HTTPClientTests.endpoints, limits: limits) { server in
            let client = try server.client()
            for _ in 0..<3 {
                #expect(try await client.send(Request(.get, to: Self.address(server, "/hello"))).text == "hello")
                while !server.metrics.text(as: .prometheus).contains("http_connections 0\n") { await EventLoop.yield() }
            }
            #expect(!Self.connections(server))
        }
    }

    @Test("carry bodies that are streams: of known length as they are, of unknown length in chunks")
    func streamedBodies() async throws {
        try await TestServer.run(ServerBodyTests.endpoints) { server in
            let client = try server.client()
            for declares in [true, false] {
                let left = Countdown(100)
                var request = Request(
                    .post, to: try Self.address(server, "/count"),
                    body: RequestBody(stream: {
                        guard left.next() else { return nil }
                        return [UInt8](repeating: 0x61, count: 10_000)
                    }))
                if declares { request.fields[.contentLength] = "1000000" }
                #expect(try await client.send(request).text == "1000000")
            }
            #expect(Self.connections(server))
        }
    }

    @Test("carry the trace of whoever calls, as a step of its own")
    func trace() async throws {
        let endpoint = Endpoint<Void>(.get, "/trace") { request, _ in
            Response(text: request.fields[.traceparent] ?? "none")
        }
        try await TestServer.run([endpoint]) { server in
            let client = try server.client()
            let trace = TraceContext()
            let request = Request(.get, to: try Self.address(server, "/trace"))
            let text = try await Log.Context.with(Log.Context(trace: trace)) {
                try await client.send(request).text
            }
            let told = try #require(TraceContext(traceparent: text))
            #expect(told.traceID == trace.traceID)
            #expect(told.spanID != trace.spanID)
        }
    }
}
