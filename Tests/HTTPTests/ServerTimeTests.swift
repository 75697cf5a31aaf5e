import HTTP
import Runtime
import Sockets
import Testing

@Suite("Time limits, numbers and the stop of the server", .timeLimit(.minutes(5)))
struct ServerTimeTests {
    private static func limits(_ change: (inout ServerLimits) -> Void) -> ServerLimits {
        var limits = ServerLimits()
        limits.drainTime = .milliseconds(100)
        change(&limits)
        return limits
    }

    @Test("A header section that takes too long is answered 408, however steadily it trickles in")
    func slowHead() async throws {
        let limits = Self.limits {
            $0.headTime = .milliseconds(200)
            // On a busy machine much may trickle in before the server has a look.
            $0.message.fields = 1_000_000
            $0.message.fieldSection = 1_000_000_000
        }
        try await TestServer.run(ServerBodyTests.endpoints, limits: limits) { server in
            let connection = try await server.connect()
            try await connection.write("GET /hello HTTP/1.1\r\n")
            let text = try await withTrickle("X: y\r\n", into: connection) { try await connection.readToEnd() }
            #expect(text.status == 408)
        }
    }

    @Test("A connection without a request is closed in silence")
    func idle() async throws {
        // Longer than a request needs to follow its connection on a machine that does much else.
        let limits = Self.limits { $0.idleTime = .seconds(2) }
        try await TestServer.run(ServerBodyTests.endpoints, limits: limits) { server in
            let fresh = try await server.connect()
            #expect(try await fresh.readToEnd().isEmpty)
            let used = try await server.connect()
            try await used.write("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await used.readToEnd().content == "hello")
        }
    }

    @Test("A body that stops arriving is answered 408")
    func stalledBody() async throws {
        let limits = Self.limits { $0.bodyTime = .milliseconds(100) }
        try await TestServer.run(ServerBodyTests.endpoints, limits: limits) { server in
            let text = try await server.exchange("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe")
            #expect(text.status == 408)
            #expect(text.contains("stopped arriving"))
        }
    }

    @Test("A body that arrives too slowly is answered 408")
    func slowBody() async throws {
        let limits = Self.limits {
            // Longer than a pause of the trickle on a machine that does much else.
            $0.bodyTime = .seconds(2)
            $0.bytesPerSecond = 1_000_000
        }
        try await TestServer.run(ServerBodyTests.endpoints, limits: limits) { server in
            let connection = try await server.connect()
            try await connection.write("POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
            let text = try await withTrickle("slow", into: connection) { try await connection.readToEnd() }
            #expect(text.status == 408)
            #expect(text.contains("too slowly"))
        }
    }

    @Test("A client that does not read its answer is left")
    func slowReader() async throws {
        let limits = Self.limits {
            $0.writeTime = .milliseconds(100)
            $0.bytesPerSecond = 1_000_000_000
        }
        let ended = StopSignal()
        let endpoint = Endpoint<Void>(.get, "/endless") { _, _ in
            Response(
                body: .stream(write: { writer in
                    defer { ended.raise() }
                    let piece = [UInt8](repeating: 0x61, count: 65_536)
                    while true { try await writer.write(piece) }
                }))
        }
        try await TestServer.run([endpoint], limits: limits) { server in
            let connection = try await server.connect()
            try await connection.write("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")
            await ended.wait()
            connection.close()
        }
    }

    @Test("Told to stop, the server ends idle connections, finishes the answer in hand and accepts nothing more")
    func gracefulStop() async throws {
        let (begun, release) = (StopSignal(), StopSignal())
        let slow = Endpoint<Void>(.get, "/slow") { _, _ in
            begun.raise()
            await release.wait()
            return Response(text: "done")
        }
        try await TestServer.run([slow] + ServerBodyTests.endpoints) { server in
            let idle = try await server.connect()
            try await idle.write("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try await idle.read(through: "hello")
            let busy = try await server.connect()
            try await busy.write("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            await begun.wait()
            server.stop.raise()
            #expect(try await idle.readToEnd().isEmpty)
            release.raise()
            let text = try await busy.readToEnd()
            #expect(text.status == 200)
            #expect(text.contains("Connection: close\r\n"))
            #expect(text.content == "done")
        }
    }

    /// Writes the text again and again, with pauses, while `body` runs.
    private func withTrickle<Success: Sendable>(
        _ text: String, into connection: RawConnection, _ body: @escaping @Sendable () async throws -> Success
    ) async throws -> Success {
        let loop = try #require(EventLoop.current)
        let trickle = loop.spawn {
            while true {
                try await connection.write(text)
                try await loop.sleep(for: .milliseconds(20))
            }
        }
        defer { trickle.cancel() }
        return try await body()
    }
}
