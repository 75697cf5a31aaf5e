import HTTP
import Runtime
import Sockets
import Testing

@Suite("Trusted proxies", .timeLimit(.minutes(5)))
struct TrustedProxiesTests {
    /// The header lines of a request from 127.0.0.1, and the client, scheme and host that they make.
    static let rows: [(String, String)] = [
        ("X-Forwarded-For: 203.0.113.9", "203.0.113.9 http inner"),
        ("X-Forwarded-For: 6.6.6.6, 203.0.113.9", "203.0.113.9 http inner"),
        ("X-Forwarded-For: 203.0.113.9, 10.0.0.7", "203.0.113.9 http inner"),
        ("X-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.0.0.7\r\nX-Forwarded-Proto: https", "203.0.113.9 https inner"),
        (
            "X-Forwarded-For: 203.0.113.9, 10.0.0.7\r\nX-Forwarded-Proto: https, http\r\nX-Forwarded-Host: a, b",
            "203.0.113.9 https a"
        ),
        ("X-Forwarded-For: 203.0.113.9:4711", "203.0.113.9 http inner"),
        ("X-Forwarded-For: [2001:db8::9]:4711", "2001:db8::9 http inner"),
        ("X-Forwarded-For: ::ffff:203.0.113.9", "203.0.113.9 http inner"),
        ("X-Forwarded-For: unknown", "127.0.0.1 http inner"),
        ("X-Forwarded-For: 6.6.6.6, junk", "127.0.0.1 http inner"),
        ("X-Forwarded-Proto: https", "127.0.0.1 https inner"), ("X-Forwarded-Proto: ftp", "127.0.0.1 http inner"),
        ("X-Forwarded-Host: desk.example:8443", "127.0.0.1 http desk.example:8443"),
        ("X-Forwarded-Host: a/b", "127.0.0.1 http inner"),
        ("X-Real-IP: 6.6.6.6", "127.0.0.1 http inner"),
        // The client's own words, which a proxy that writes the others passes on.
        ("Forwarded: for=6.6.6.6;host=evil\r\nX-Forwarded-For: 203.0.113.9", "203.0.113.9 http inner"),
        ("Forwarded: for=6.6.6.6", "127.0.0.1 http inner"),
    ]

    /// The same where the proxies write Forwarded.
    static let standardRows: [(String, String)] = [
        ("Forwarded: for=203.0.113.9;proto=https;host=desk.example", "203.0.113.9 https desk.example"),
        ("Forwarded: for=\"[2001:db8::9]:47\";Proto=HTTPS", "2001:db8::9 https inner"),
        ("Forwarded: for=6.6.6.6, for=203.0.113.9, for=\"10.0.0.7\"", "203.0.113.9 http inner"),
        ("Forwarded: for=_hidden;proto=https", "127.0.0.1 https inner"),
        ("Forwarded: for=203.0.113.9\r\nX-Forwarded-For: 6.6.6.6", "203.0.113.9 http inner"),
        ("X-Forwarded-For: 6.6.6.6", "127.0.0.1 http inner"),
    ]

    @Test(
        "The nearest address that is no proxy's is the client, in the fields that the operator names and in no others",
        arguments: [ForwardedFields.xForwarded, .forwarded])
    func chains(fields: ForwardedFields) async throws {
        let blocks = ["127.0.0.1", "10.0.0.0/8"].compactMap { CIDR($0) }
        let proxies = TrustedProxies(blocks, fields: fields)
        try await TestServer.run(ServerTests.endpoints, proxies: proxies) { server in
            for (lines, expected) in fields == .forwarded ? Self.standardRows : Self.rows {
                let text = try await server.exchange(
                    "GET /client HTTP/1.1\r\nHost: inner\r\n\(lines)\r\nConnection: close\r\n\r\n")
                #expect(text.content == expected, "\(lines)")
            }
        }
    }

    @Test("Without a trusted proxy none of it counts")
    func strangers() async throws {
        try await TestServer.run(ServerTests.endpoints) { server in
            for (lines, _) in Self.rows {
                let text = try await server.exchange(
                    "GET /client HTTP/1.1\r\nHost: inner\r\n\(lines)\r\nConnection: close\r\n\r\n")
                #expect(text.content == "127.0.0.1 http inner", "\(lines)")
            }
        }
    }

    @Test("Endpoints never see what proxies report")
    func deleted() async throws {
        let fields = Endpoint<Void>(.get, "/fields") { request, _ in
            Response(text: request.fields.map(\.name.text).joined(separator: " "))
        }
        try await TestServer.run([fields]) { server in
            let text = try await server.exchange(
                "GET /fields HTTP/1.1\r\nHost: a\r\nx-forwarded-for: 1.1.1.1\r\nForwarded: for=1.1.1.1\r\n"
                    + "X-Real-IP: 1.1.1.1\r\nX-Request-Id: given\r\nConnection: close\r\n\r\n")
            #expect(text.content == "Host Connection")
        }
    }

    @Test("Proxies and allowed addresses are read from the settings, and a wrong one is a fault")
    func settings() throws {
        var right = SettingsReader { $0 == "MERIDIAN_OUTBOUND_ALLOW" ? "10.0.0.0/8, 2001:db8::7" : nil }
        _ = right.trustedProxies()
        let rules = right.outboundRules()
        #expect(rules.allowed.map(\.description) == ["10.0.0.0/8", "2001:db8::7/128"])
        var wrong = SettingsReader { $0 == "MERIDIAN_FORWARDED" ? "both" : "10.0.0.0/8,everybody" }
        _ = wrong.trustedProxies()
        _ = wrong.outboundRules()
        let faults = #expect(throws: SettingsFaults.self) { try wrong.finish { true } }
        #expect(faults?.faults.count == 3)
    }
}
