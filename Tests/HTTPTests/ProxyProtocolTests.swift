import HTTP
import Runtime
import Sockets
import Testing

@Suite("Connections that a proxy begins with its own header", .timeLimit(.minutes(5)))
struct ProxyProtocolTests {
    private static let trusted = TrustedProxies(["127.0.0.1", "10.0.0.0/8"].compactMap { CIDR($0) })
    private static let start: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A, 0, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]
    /// From 192.0.2.1, port 12345.
    private static let header = start + [0x21, 0x11, 0, 12, 192, 0, 2, 1, 10, 0, 0, 1, 0x30, 0x39, 0x1F, 0x90]
    private static let local = start + [0x20, 0, 0, 0]

    private static func ask(_ server: TestServer, _ bytes: [UInt8], _ lines: String = "") async throws -> String {
        let connection = try await server.connect()
        let request = "GET /client HTTP/1.1\r\nHost: inner\r\n\(lines)Connection: close\r\n\r\n"
        try await connection.write(bytes + Array(request.utf8))
        return try await connection.readToEnd()
    }

    @Test("come from whom the header names; the proxy's own come from the proxy")
    func named() async throws {
        try await TestServer.run(ServerTests.endpoints, proxies: Self.trusted, proxyProtocol: true) { server in
            let named = try await Self.ask(server, Self.header)
            #expect(named.content == "192.0.2.1 http inner")
            let own = try await Self.ask(server, Self.local)
            #expect(own.content == "127.0.0.1 http inner")
            // Whoever is behind the proxy is a stranger, and so are his words.
            let forged = try await Self.ask(server, Self.header, "X-Forwarded-For: 6.6.6.6\r\n")
            #expect(forged.content == "192.0.2.1 http inner")
        }
    }

    @Test("are closed without an answer if they begin otherwise")
    func otherwise() async throws {
        try await TestServer.run(ServerTests.endpoints, proxies: Self.trusted, proxyProtocol: true) { server in
            for start in [[], Array("PROXY TCP4 192.0.2.1 10.0.0.1 12345 8080\r\n".utf8)] {
                let answer = try await Self.answer(server, start)
                #expect(answer.isEmpty)
            }
        }
    }

    @Test("are closed if the peer is no trusted proxy")
    func strangers() async throws {
        try await TestServer.run(ServerTests.endpoints, proxyProtocol: true) { server in
            let answer = try await Self.answer(server, Self.header)
            #expect(answer.isEmpty)
        }
    }

    @Test("are malformed requests where no proxy is expected to do that")
    func unexpected() async throws {
        try await TestServer.run(ServerTests.endpoints, proxies: Self.trusted) { server in
            for start in [Self.header, Array("PROXY TCP4 1.2.3.4 1.2.3.5 1 2\r\n".utf8)] {
                let answer = try await Self.ask(server, start)
                #expect(answer.status == 400)
            }
        }
    }

    /// What comes back; a connection that is reset because its bytes were not read counts as closed.
    private static func answer(_ server: TestServer, _ start: [UInt8]) async throws -> String {
        do {
            return try await ask(server, start)
        } catch is StreamError {
            return ""
        }
    }
}

@Suite("The hosts that a server is there for", .timeLimit(.minutes(5)))
struct ServedHostsTests {
    /// The settings, a host, and whether requests for it are served.
    private static let rows: [(hosts: String?, publicURL: String, host: String, isServed: Bool)] = [
        (nil, "http://localhost:8080", "anything.example", true),
        (nil, "http://127.0.0.1:8080", "anything.example", true),
        (nil, "https://desk.example", "desk.example", true), (nil, "https://desk.example", "DESK.example:8443", true),
        (nil, "https://desk.example", "localhost:8080", true), (nil, "https://desk.example", "[::1]:8080", true),
        (nil, "https://desk.example", "10.1.2.3", true), (nil, "https://desk.example", "evil.example", false),
        ("inner,b.example", "https://desk.example", "inner:8080", true),
        ("inner", "https://desk.example", "desk.example", true), ("inner", "http://localhost:8080", "evil", false),
        ("any", "https://desk.example", "evil.example", true),
    ]

    @Test("are that of its public address, those that are named, and the machine's own")
    func rows() async throws {
        for row in Self.rows {
            var reader = SettingsReader { $0 == "MERIDIAN_HOSTS" ? row.hosts : nil }
            let hosts = reader.servedHosts(publicURL: WebAddress(row.publicURL))
            try await TestServer.run(ServerBodyTests.endpoints, hosts: hosts, loops: 1) { server in
                let text = try await server.exchange(
                    "GET /hello HTTP/1.1\r\nHost: \(row.host)\r\nConnection: close\r\n\r\n")
                #expect(text.status == (row.isServed ? 200 : 421), "\(row)")
            }
        }
    }

    @Test("are host names without ports; everything else is a fault")
    func faults() throws {
        for wrong in ["a:80", "a b/c", "a,,b/"] {
            var reader = SettingsReader { $0 == "MERIDIAN_HOSTS" ? wrong : nil }
            _ = reader.servedHosts(publicURL: nil)
            #expect(throws: SettingsFaults.self, "\(wrong)") { try reader.finish { true } }
        }
    }
}
