import HTTP
import Runtime
import Sockets
import Testing

/// A server of its own for one test, on a port that the system chooses.
struct TestServer: Sendable {
    let loops: EventLoopGroup
    let address: SocketAddress
    let stop: StopSignal
    let metrics: Metrics

    var port: UInt16 { address.port ?? 0 }

    /// Runs `body` on a loop while a server answers with `endpoints`; fails if the server does.
    static func run<Success: Sendable>(
        _ endpoints: [Endpoint<Void>], limits: ServerLimits = ServerLimits(),
        proxies: TrustedProxies = TrustedProxies(),
        hosts: ServedHosts = .any, proxyProtocol: Bool = false, tls: TLSContext? = nil, log: Log = .silent,
        loops count: Int = 2,
        _ body: @escaping @Sendable (TestServer) async throws -> Success
    ) async throws -> Success {
        let loops = EventLoopGroup(count: count)
        defer { loops.shutdown() }
        let listener = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
        let metrics = Metrics()
        let server = HTTPServer(
            listener, router: Router(Door(endpoints: endpoints)), loops: loops, tls: tls, limits: limits,
            proxies: proxies, hosts: hosts, proxyProtocol: proxyProtocol, log: log, metrics: metrics)
        let test = TestServer(loops: loops, address: server.address, stop: StopSignal(), metrics: metrics)
        async let served: Void = server.run(until: test.stop)
        let outcome: Result<Success, any Error>
        do {
            outcome = .success(try await loops.next().run { try await body(test) })
        } catch {
            outcome = .failure(error)
        }
        test.stop.raise()
        try await served
        return try outcome.get()
    }

    /// A connection on which a test writes what it likes.
    func connect() async throws -> RawConnection {
        RawConnection(try await ByteStream.connect(to: address, within: .seconds(120)))
    }

    /// Writes the text on a connection of its own and returns all that comes back until the server closes.
    func exchange(_ text: String) async throws -> String {
        let connection = try await connect()
        try await connection.write(text)
        return try await connection.readToEnd()
    }

    func client(rules: OutboundRules? = nil, authorities: String? = nil) throws -> HTTPClient {
        HTTPClient(
            loops: loops, resolver: Resolver(offload: Offload(width: 1)), tls: try TLSContext(authorities: authorities),
            rules: rules)
    }
}

/// One end of a connection, for bytes as they are.
struct RawConnection: Sendable {
    let stream: ByteStream

    init(_ stream: ByteStream) {
        self.stream = stream
        stream.setReadDeadline(after: .seconds(20))
        stream.setWriteDeadline(after: .seconds(20))
    }

    func write(_ text: String) async throws { try await stream.write(text) }

    func write(_ bytes: [UInt8]) async throws { try await stream.write(bytes) }

    /// All that still comes until the other side closes.
    func readToEnd() async throws -> String {
        var bytes: [UInt8] = []
        while try await stream.read(into: &bytes) > 0 {}
        return String(decoding: bytes, as: UTF8.self)
    }

    /// All that comes up to and with that text.
    func read(through text: String) async throws -> String {
        var bytes: [UInt8] = []
        let wanted = Array(text.utf8)
        while !bytes.suffix(wanted.count).elementsEqual(wanted) {
            let count = try await stream.read(into: &bytes, atMost: 1)
            try #require(
                count > 0, "The server closed after \(String(decoding: bytes, as: UTF8.self).debugDescription).")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    func close() { stream.close() }
}

extension String {
    /// The status code of an answer.
    var status: Int? { split(separator: " ").dropFirst().first.flatMap { Int($0) } }

    /// The content after the first header section.
    var content: String { range(of: "\r\n\r\n").map { String(self[$0.upperBound...]) } ?? "" }

    private func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
