import Foundation
import HTTP
import Runtime
import Sockets
import Testing

@Suite("Who has a place where places are short", .timeLimit(.minutes(5)))
struct ServerPlacesTests {
    private static func limits(_ change: (inout ServerLimits) -> Void) -> ServerLimits {
        var limits = ServerLimits()
        limits.drainTime = .milliseconds(100)
        change(&limits)
        return limits
    }

    private static let hello = "GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    /// Asks again and again until the server has room: what frees it happens elsewhere.
    private static func askUntilServed(_ server: TestServer) async throws -> Int {
        var refusals = 0
        while try await server.exchange(hello).status == 503 { refusals += 1 }
        return refusals
    }

    @Test("Six hundred slow heads from its own address do not keep an honest client from being served")
    func slowHeads() async throws {
        FileLimit.raise()
        try await TestServer.run(ServerBodyTests.endpoints) { server in
            var slow: [RawConnection] = []
            for _ in 0..<600 {
                let connection = try await server.connect()
                try await connection.write("GET /hello HTTP/1.1\r\nX-")
                slow.append(connection)
            }
            for _ in 0..<20 {
                #expect(try await server.exchange(Self.hello).content == "hello")
            }
            for connection in slow { connection.close() }
            #expect(server.metrics.text(as: .prometheus).contains("http_evictions_total{waiting_for=\"head\"}"))
        }
    }

    @Test("Beyond the connections of one address, one that has asked for nothing for longest is closed")
    func ofOneAddress() async throws {
        let limits = Self.limits { $0.connectionsPerAddress = 2 }
        try await TestServer.run(ServerBodyTests.endpoints, limits: limits) { server in
            // The answer to the first request proves that the head of a second, which came in the same piece, has been
            // waited for since before `held` was there, however long this machine takes between two steps.
            let silent = try await server.connect()
            try await silent.write("GET /hello HTTP/1.1\r\nHost: a\r\n\r\nGET /hello HTTP/1.1\r\n")
            _ = try await silent.read(through: "hello")
            let held = try await server.connect()
            try await held.write("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try await held.read(through: "hello")
            for _ in 0..<3 { #expect(try await server.exchange(Self.hello).content == "hello") }
            #expect(try await silent.readToEnd().isEmpty)
        }
    }

    @Test("Where endpoints work for all connections of an address, its next is answered 503")
    func allAtWork() async throws {
        let limits = Self.limits { $0.connectionsPerAddress = 1 }
        let (begun, release) = (StopSignal(), StopSignal())
        try await TestServer.run([Self.slow(begun, release)], limits: limits) { server in
            let first = try await server.connect()
            try await first.write("GET /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            await begun.wait()
            let second = try await server.connect().readToEnd()
            #expect(second.status == 503)
            #expect(second.contains("Retry-After: 1\r\n"))
            release.raise()
            #expect(try await first.readToEnd().content == "done")
        }
    }

    @Test("Beyond all connections, one that keeps the server waiting makes room")
    func inAll() async throws {
        let limits = Self.limits { $0.connections = 2 }
        try await TestServer.run(ServerBodyTests.endpoints, limits: limits) { server in
            let held = [try await server.connect(), try await server.connect()]
            for connection in held {
                try await connection.write("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try await connection.read(through: "hello")
            }
            #expect(try await server.exchange(Self.hello).content == "hello")
            for connection in held { connection.close() }
        }
    }

    @Test("Beyond the requests at work, the next is answered 503 with a time to come again")
    func requestsInFlight() async throws {
        let limits = Self.limits { $0.requestsInFlight = 1 }
        let (begun, release) = (StopSignal(), StopSignal())
        try await TestServer.run([Self.slow(begun, release)] + ServerBodyTests.endpoints, limits: limits) { server in
            let first = try await server.connect()
            try await first.write("GET /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            await begun.wait()
            let second = try await server.exchange(Self.hello)
            #expect(second.status == 503)
            let times = ["1", "2", "3"].filter { second.contains("Retry-After: \($0)\r\n") }
            #expect(times.count == 1)
            release.raise()
            #expect(try await first.readToEnd().content == "done")
        }
    }

    @Test("One address has at most half of the requests at work, also behind a proxy")
    func fairness() async throws {
        let limits = Self.limits { $0.requestsInFlight = 4 }
        let (begun, release) = (StopSignal(), StopSignal())
        let proxies = TrustedProxies(["127.0.0.1"].compactMap { CIDR($0) })
        try await TestServer.run(
            [Self.slow(begun, release)] + ServerBodyTests.endpoints, limits: limits, proxies: proxies
        ) { server in
            var working: [RawConnection] = []
            for _ in 0..<2 {
                let connection = try await server.connect()
                try await connection.write(
                    "GET /slow HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1\r\nConnection: close\r\n\r\n")
                working.append(connection)
            }
            while !server.metrics.text(as: .prometheus).contains("http_requests_in_flight 2") {
                await EventLoop.yield()
            }
            func status(of client: String) async throws -> Int? {
                try await server.exchange(
                    "GET /hello HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: \(client)\r\nConnection: close\r\n\r\n"
                ).status
            }
            #expect(try await status(of: "192.0.2.1") == 503)
            #expect(try await status(of: "192.0.2.2") == 200)
            release.raise()
            for connection in working { #expect(try await connection.readToEnd().content == "done") }
        }
    }

    @Test("A client that sends its body slowly, or reads its answer slowly, holds no place among the requests at work")
    func slowClients() async throws {
        let limits = Self.limits { $0.requestsInFlight = 1 }
        let endless = Endpoint<Void>(.get, "/endless") { _, _ in
            Response(
                body: .stream(write: { writer in
                    let piece = [UInt8](repeating: 0x61, count: 65_536)
                    while true { try await writer.write(piece) }
                }))
        }
        try await TestServer.run([endless] + ServerBodyTests.endpoints, limits: limits) { server in
            for start in [
                "POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe",
                "POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe",
                "GET /endless HTTP/1.1\r\nHost: a\r\n\r\n",
            ] {
                let slow = try await server.connect()
                try await slow.write(start)
                _ = try await Self.askUntilServed(server)
                slow.close()
            }
        }
    }

    private static func slow(_ begun: StopSignal, _ release: StopSignal) -> Endpoint<Void> {
        Endpoint(.get, "/slow") { _, _ in
            begun.raise()
            await release.wait()
            return Response(text: "done")
        }
    }

    @Test("Limits are read from one setting, and everything that is wrong with it is told")
    func settings() throws {
        var right = SettingsReader { _ in "per_address=7, idle_seconds=5,header_bytes=65536" }
        let limits = right.serverLimits()
        #expect(limits.connectionsPerAddress == 7)
        #expect(limits.idleTime == .seconds(5))
        #expect(limits.message.fieldSection == 65_536)
        #expect(limits.connections == ServerLimits().connections)
        var wrong = SettingsReader { _ in "per_adress=7,idle_seconds=0,rate=1,rate=2" }
        _ = wrong.serverLimits()
        let faults = #expect(throws: SettingsFaults.self) { try wrong.finish { true } }
        let sentence = try #require(faults?.faults.first)
        for part in ["\"per_adress=7\" names no limit", "idle_seconds is a number from 1", "rate is said twice"] {
            #expect(sentence.contains(part), "\(sentence)")
        }
    }

    @Test("Docs/HTTP.md names all limits with their defaults")
    func document() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "Docs/HTTP.md"), encoding: .utf8)
        for (name, value) in ServerLimits().settings {
            #expect(text.contains("\n| `\(name)` | \(value) | "), "\(name)")
        }
    }
}
