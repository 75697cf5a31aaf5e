import HTTP
import Runtime
import Sockets
import Testing

@Suite("Streams of events", .timeLimit(.minutes(5)))
struct EventStreamTests {
    private static let ask = "GET /events HTTP/1.1\r\nHost: a\r\nLast-Event-ID: 41\r\n\r\n"

    private static func endpoint(
        heartbeat: Duration = .seconds(15), _ tell: @escaping @Sendable (Request, EventSink) async throws -> Void
    ) -> Endpoint<Void> {
        Endpoint(.get, "/events") { request, _ in
            Response.events(heartbeat: heartbeat) { sink in try await tell(request, sink) }
        }
    }

    @Test("tell events with name, identity and lines, from where the client has stopped, and end with their teller")
    func events() async throws {
        let endpoint = Self.endpoint { request, sink in
            try await sink.send(ServerEvent("after \(request.lastEventID ?? "nothing")", id: "42"))
            try await sink.send(ServerEvent("one\r\ntwo\n", id: "4\n3", name: "ticket"))
        }
        try await TestServer.run([endpoint]) { server in
            let client = try server.client()
            var request = Request(.get, to: try #require(WebAddress("http://127.0.0.1:\(server.port)/events")))
            request.fields["Last-Event-ID"] = "41"
            let answer = try await client.send(request)
            #expect(answer.fields[.contentType] == "text/event-stream")
            #expect(answer.fields[.cacheControl] == "no-store")
            let text =
                "retry: 3000\n\nid: 42\ndata: after 41\n\nevent: ticket\nid: 43\ndata: one\ndata: two\ndata: \n\n"
            #expect(answer.text == text)
        }
    }

    @Test("show that they live while there is nothing to tell")
    func heartbeat() async throws {
        let endpoint = Self.endpoint(heartbeat: .milliseconds(10)) { _, _ in await StopSignal().wait() }
        try await TestServer.run([endpoint]) { server in
            let connection = try await server.connect()
            try await connection.write(Self.ask)
            for _ in 0..<3 { _ = try await connection.read(through: ":\n\n") }
            connection.close()
        }
    }

    @Test("end at once when the server stops, without a fault")
    func stop() async throws {
        let endpoint = Self.endpoint { _, sink in
            try await sink.send(ServerEvent("first"))
            await StopSignal().wait()
        }
        try await TestServer.run([endpoint]) { server in
            let connection = try await server.connect()
            try await connection.write(Self.ask)
            _ = try await connection.read(through: "data: first\n\n")
            server.stop.raise()
            // The end of a body in chunks: the answer is whole.
            #expect(try await connection.readToEnd().hasSuffix("0\r\n\r\n"))
        }
    }

    @Test("hold no place among the requests at work")
    func places() async throws {
        var limits = ServerLimits()
        limits.requestsInFlight = 1
        let endpoint = Self.endpoint { _, sink in
            try await sink.send(ServerEvent("first"))
            await StopSignal().wait()
        }
        try await TestServer.run([endpoint] + ServerBodyTests.endpoints, limits: limits) { server in
            let connection = try await server.connect()
            try await connection.write(Self.ask)
            _ = try await connection.read(through: "data: first\n\n")
            let other = try await server.exchange("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(other.content == "hello")
            connection.close()
        }
    }

    @Test("drop whoever reads too slowly, while another is told everything")
    func slowReader() async throws {
        var limits = ServerLimits()
        // Longer than the quick one waits for its turn on a machine that does much else.
        (limits.writeTime, limits.bytesPerSecond) = (.seconds(3), 1 << 26)
        let dropped = StopSignal()
        let endpoint = Self.endpoint { _, sink in
            do {
                for turn in 1...8 {
                    try await sink.send(ServerEvent(String(repeating: "x", count: 1 << 20), id: "\(turn)"))
                }
            } catch {
                dropped.raise()
                throw error
            }
        }
        try await TestServer.run([endpoint], limits: limits) { server in
            let slow = try await server.connect()
            try await slow.write(Self.ask)
            let quick = try await server.exchange("GET /events HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(quick.utf8.count > 8 << 20 && quick.hasSuffix("0\r\n\r\n"))
            await dropped.wait()
            slow.close()
        }
    }

    @Test("are left when the client goes")
    func gone() async throws {
        let left = StopSignal()
        let endpoint = Self.endpoint(heartbeat: .milliseconds(5)) { _, _ in
            await StopSignal().wait()
            left.raise()
        }
        try await TestServer.run([endpoint]) { server in
            let connection = try await server.connect()
            try await connection.write(Self.ask)
            _ = try await connection.read(through: ":\n\n")
            connection.close()
            await left.wait()
        }
    }
}
