import HTTP
import Runtime
import Sockets
import Testing

@Suite("The health listener", .timeLimit(.minutes(5)))
struct HealthListenerTests {
    struct Down: Error, CustomStringConvertible {
        let description = "the database is away"
    }

    /// A listener under test, as a collector sees it.
    struct Asker: Sendable {
        let client: HTTPClient
        let port: UInt16

        func get(_ path: String, _ fields: Fields = [:]) async throws -> Response {
            let address = try #require(WebAddress("http://127.0.0.1:\(port)\(path)"))
            return try await client.send(Request(.get, to: address, fields: fields))
        }
    }

    private func run(
        _ checks: [HealthCheck], stopping: StopSignal = StopSignal(),
        _ body: @escaping @Sendable (Asker) async throws -> Void
    ) async throws {
        let loops = EventLoopGroup(count: 1)
        defer { loops.shutdown() }
        let metrics = Metrics()
        metrics.counter("tickets_total", "Tickets.").add(3)
        let health = HealthListener(
            try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0)), loops: loops, metrics: metrics, checks: checks,
            stopping: stopping)
        let client = HTTPClient(
            loops: loops, resolver: Resolver(offload: Offload(width: 1)), tls: try TLSContext(), rules: nil)
        let stop = StopSignal()
        async let served: Void = health.run(until: stop)
        defer { stop.raise() }
        try await body(Asker(client: client, port: health.address.port ?? 0))
        stop.raise()
        try await served
    }

    @Test("A program is alive and ready while its checks pass")
    func ready() async throws {
        try await run([HealthCheck("database") {}]) { (asker: Asker) async throws -> Void in
            #expect(try await asker.get("/livez").status == .ok)
            #expect(try await asker.get("/readyz").status == .ok)
            #expect(
                try await asker.get("/readyz?verbose").text
                    == #"{"ready":true,"checks":{"running":{"ok":true},"database":{"ok":true}}}"#)
        }
    }

    @Test("A failing check makes it not ready and says why, but no less alive")
    func notReady() async throws {
        try await run([HealthCheck("database") { throw Down() }]) { (asker: Asker) async throws -> Void in
            #expect(try await asker.get("/livez").status == .ok)
            #expect(try await asker.get("/readyz").status == .serviceUnavailable)
            let verbose = try await asker.get("/readyz?verbose")
            #expect(verbose.fields[.contentType] == "application/json")
            #expect(verbose.text.contains(#""database":{"ok":false,"fault":"the database is away"}"#))
        }
    }

    @Test("A check that does not answer within a second has failed")
    func late() async throws {
        let check = HealthCheck("stuck") { try await EventLoop.current?.sleep(for: .seconds(60)) }
        try await run([check]) { (asker: Asker) async throws -> Void in
            #expect(try await asker.get("/readyz").status == .serviceUnavailable)
        }
    }

    @Test("A program that stops is not ready")
    func stopping() async throws {
        let stopping = StopSignal()
        stopping.raise()
        try await run([], stopping: stopping) { (asker: Asker) async throws -> Void in
            #expect(try await asker.get("/readyz").status == .serviceUnavailable)
            #expect(try await asker.get("/livez").status == .ok)
        }
    }

    @Test("Figures come in the form that the collector asks for")
    func metrics() async throws {
        try await run([]) { (asker: Asker) async throws -> Void in
            let plain = try await asker.get("/metrics")
            #expect(plain.fields[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            #expect(plain.text.contains("tickets_total 3\n"))
            let open = try await asker.get("/metrics", [.accept: "application/openmetrics-text; version=1.0.0"])
            #expect(open.text.hasSuffix("# EOF\n"))
        }
    }
}
