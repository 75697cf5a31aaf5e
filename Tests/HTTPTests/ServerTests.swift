import HTTP
import Runtime
import Sockets
import TallyTestSupport
import Testing

@Suite("The server on real sockets", .timeLimit(.minutes(5)))
struct ServerTests {
    static let endpoints: [Endpoint<Void>] = [
        Endpoint(.get, "/hello") { _, _ in Response(text: "hello") },
        Endpoint(.post, "/echo") { request, _ in Response(text: request.body.text) },
        Endpoint(.get, "/client") { request, _ in
            Response(text: "\(request.client) \(request.scheme.rawValue) \(request.authority?.description ?? "-")")
        },
        Endpoint(.get, "/empty") { _, _ in Response(.noContent) },
        Endpoint(.get, "/leave") { _, _ in Response(.ok, fields: [.connection: "close"]) },
    ]

    @Test("An answer has a status line, a date, a length, the request's name and its content")
    func answer() async throws {
        let text = try await TestServer.run(Self.endpoints) { server in
            try await server.exchange("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        }
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.first == "HTTP/1.1 200 OK")
        #expect(lines.contains("Content-Length: 5"))
        #expect(lines.contains("Content-Type: text/plain; charset=utf-8"))
        #expect(lines.contains("Connection: close"))
        let date = try #require(lines.first { $0.hasPrefix("Date: ") })
        #expect(HTTPDate.moment(String(date.dropFirst(6))) != nil)
        #expect(lines.contains { $0.hasPrefix("X-Request-Id: ") && $0.utf8.count == 29 })
        #expect(text.content == "hello")
    }

    @Test("A connection carries many requests, one after the other")
    func keepAlive() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let connection = try await server.connect()
            for number in 1...5 {
                try await connection.write(
                    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nnumber")
                let answer = try await connection.read(through: "number")
                #expect(answer.status == 200, "request \(number)")
                #expect(!answer.contains("Connection:"))
            }
        }
    }

    @Test("Requests sent together are answered in order, and nothing after the one that ends the connection")
    func pipelining() async throws {
        let text = try await TestServer.run(Self.endpoints) { server in
            try await server.exchange(
                "GET /hello HTTP/1.1\r\nHost: a\r\n\r\nPOST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\ntwo"
                    + "GET /leave HTTP/1.1\r\nHost: a\r\n\r\nGET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        }
        let answers = text.split(separator: "HTTP/1.1 ").map(String.init)
        #expect(answers.count == 3)
        #expect(answers.map { $0.prefix(3) } == ["200", "200", "200"])
        #expect(answers.first?.content == "hello")
        #expect(answers.dropFirst().first?.content == "two")
    }

    @Test("With an error in the first of two requests, the second is never looked at")
    func pipelinedError() async throws {
        let text = try await TestServer.run(Self.endpoints) { server in
            try await server.exchange(
                "GET /hello HTTP/1.1\r\n\r\nGET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        }
        #expect(text.status == 400)
        #expect(text.split(separator: "Date: ").count == 2)
        #expect(text.contains("Connection: close\r\n"))
        #expect(text.contains("needs a Host field"))
    }

    @Test("HTTP/1.0 is answered and closed, unless the client asks to keep the connection")
    func version10() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let once = try await server.exchange("GET /hello HTTP/1.0\r\n\r\n")
            #expect(once.status == 200)
            #expect(once.contains("Connection: close\r\n"))
            let connection = try await server.connect()
            try await connection.write("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(try await connection.read(through: "hello").contains("Connection: keep-alive\r\n"))
            try await connection.write("GET /hello HTTP/1.0\r\n\r\n")
            #expect(try await connection.readToEnd().content == "hello")
        }
    }

    @Test("HEAD is answered like GET without the content")
    func head() async throws {
        let text = try await TestServer.run(Self.endpoints) { server in
            try await server.exchange("HEAD /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        }
        #expect(text.status == 200)
        #expect(text.contains("Content-Length: 5\r\n"))
        #expect(text.content.isEmpty)
    }

    @Test(
        "A HEAD that is refused is answered without content too", arguments: ["HEAD / HTTP/1.1", "HEAD /%00 HTTP/1.1"])
    func refusedHead(line: String) async throws {
        let text = try await TestServer.run(Self.endpoints) { try await $0.exchange("\(line)\r\n\r\n") }
        #expect(text.status == 400)
        #expect(text.contains("Content-Type: application/problem+json\r\n"))
        #expect(text.content.isEmpty)
    }

    @Test("An answer without content says nothing of a length")
    func noContent() async throws {
        let text = try await TestServer.run(Self.endpoints) { server in
            try await server.exchange("GET /empty HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        }
        #expect(text.status == 204)
        #expect(!text.contains("Content-Length"))
        #expect(!text.contains("Transfer-Encoding"))
    }

    @Test("Unknown paths, wrong methods, TRACE and OPTIONS are answered and the connection lives on")
    func routing() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let connection = try await server.connect()
            for (request, status) in [
                ("GET /x", 404), ("DELETE /hello", 405), ("TRACE /hello", 405), ("OPTIONS *", 204),
            ] {
                try await connection.write("\(request) HTTP/1.1\r\nHost: a\r\n\r\n")
                let head = try await connection.read(through: "\r\n\r\n")
                #expect(head.status == status)
                if status == 405 { #expect(head.contains("Allow: GET, HEAD, OPTIONS\r\n")) }
                if request == "OPTIONS *" { #expect(head.contains("Allow: GET, HEAD, POST, OPTIONS\r\n")) }
                if status >= 400 { _ = try await connection.read(through: "}") }
            }
        }
    }

    @Test("A target with a host overrides the Host field")
    func absoluteForm() async throws {
        let text = try await TestServer.run(Self.endpoints) { server in
            try await server.exchange("GET http://one:81/client HTTP/1.1\r\nHost: two\r\nConnection: close\r\n\r\n")
        }
        #expect(text.content == "127.0.0.1 http one:81")
    }

    @Test("What would mean something else than it seems is refused before any endpoint sees it")
    func meaning() async throws {
        let rows = [
            ("GET https://one/hello HTTP/1.1\r\nHost: one\r\n", "", 421),
            ("GET http://one/hello HTTP/1.1\r\nHost: one\r\n", "", 200),
            ("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n", "x", 415),
            ("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Encoding: Identity\r\nContent-Length: 1\r\n", "x", 200),
            ("PUT /echo HTTP/1.1\r\nHost: a\r\nContent-Range: bytes 0-0/9\r\nContent-Length: 1\r\n", "x", 400),
        ]
        try await TestServer.run(Self.endpoints) { server in
            for (head, body, status) in rows {
                let answer = try await server.exchange("\(head)Connection: close\r\n\r\n\(body)")
                #expect(answer.status == status, "\(head)")
            }
        }
        let behind = try await TestServer.run(
            Self.endpoints, proxies: TrustedProxies([try #require(CIDR("127.0.0.0/8"))])
        ) { server in
            try await server.exchange("GET https://one/hello HTTP/1.1\r\nHost: one\r\nConnection: close\r\n\r\n")
        }
        #expect(behind.status == 200)
    }

    @Test("A request for a host that is not ours is refused as misdirected")
    func hosts() async throws {
        try await TestServer.run(Self.endpoints, hosts: ServedHosts(["Desk.example"])) { server in
            for (host, status) in [("desk.EXAMPLE:8080", 200), ("evil.example", 421)] {
                let text = try await server.exchange(
                    "GET /hello HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
                #expect(text.status == status)
            }
        }
    }

    @Test("What strangers say of their origin is ignored, what trusted proxies say counts")
    func forwarded() async throws {
        let request =
            "GET /client HTTP/1.1\r\nHost: inner\r\nX-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"
            + "X-Forwarded-Host: desk.example\r\nX-Request-Id: from-the-proxy\r\nConnection: close\r\n\r\n"
        let stranger = try await TestServer.run(Self.endpoints) { try await $0.exchange(request) }
        #expect(stranger.content == "127.0.0.1 http inner")
        #expect(!stranger.contains("from-the-proxy"))
        let block = try #require(CIDR("127.0.0.0/8"))
        let proxy = try await TestServer.run(Self.endpoints, proxies: TrustedProxies([block])) { server in
            try await server.exchange(request)
        }
        #expect(proxy.content == "203.0.113.9 https desk.example")
        #expect(proxy.contains("X-Request-Id: from-the-proxy\r\n"))
    }

    @Test("Figures are kept by endpoint and kind of answer")
    func figures() async throws {
        try await TestServer.run(Self.endpoints) { server in
            _ = try await server.exchange("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            _ = try await server.exchange("GET /secret/42 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let text = server.metrics.text()
            #expect(text.contains(#"http_requests_total{method="GET",endpoint="/hello",code="2xx"} 1"#))
            #expect(text.contains(#"http_requests_total{method="GET",endpoint="none",code="4xx"} 1"#))
            #expect(text.contains(#"http_request_duration_seconds_count{endpoint="/hello"} 1"#))
            #expect(!text.contains("/secret"))
        }
    }

    @Test("Each request is a line in the log, with its name and the trace it belongs to")
    func accessLog() async throws {
        let lines = Tally<String>()
        let log = Log(service: "test", to: .calling { lines.note(String(decoding: $0, as: UTF8.self)) })
        let trace = "0af7651916cd43dd8448eb211c80319c"
        try await TestServer.run(Self.endpoints, log: log) { server in
            _ = try await server.exchange(
                "GET /hello?token=secret HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                    + "traceparent: 00-\(trace)-b7ad6b7169203331-01\r\n\r\n")
        }
        let line = try #require(lines.elements.first { $0.contains("/hello") })
        #expect(line.contains(#""status":200"#))
        #expect(line.contains(#""trace_id":"\#(trace)""#))
        #expect(line.contains(#""request_id":""#))
        #expect(!line.contains("b7ad6b7169203331"), "the client's span is not ours")
        #expect(!line.contains("secret"))
    }
}
