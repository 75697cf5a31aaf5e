import HTTP
import Runtime
import Sockets
import Testing

@Suite("Bodies over real sockets", .timeLimit(.minutes(5)))
struct ServerBodyTests {
    struct Refused: Error {}

    static let endpoints: [Endpoint<Void>] = [
        Endpoint(.get, "/hello") { _, _ in Response(text: "hello") },
        Endpoint(.post, "/collect", body: .collected(limit: 1_000)) { request, _ in
            Response(text: "\(request.body.bytes.count)")
        },
        Endpoint(.post, "/count", body: .streamed(limit: 64 << 20)) { request, _ in
            var count = 0
            for try await piece in request.body { count += piece.count }
            return Response(text: "\(count)")
        },
        Endpoint(.post, "/refuse", body: .streamed(limit: 1 << 30)) { _, _ in throw Problem(.forbidden) },
        Endpoint(.post, "/echo", body: .streamed()) { request, _ in
            Response(
                .ok,
                body: .stream(write: { writer in for try await piece in request.body { try await writer.write(piece) } }
                ))
        },
        Endpoint(.get, "/chunks") { _, _ in
            Response(body: .stream(write: { writer in for text in ["one", "two"] { try await writer.write(text) } }))
        },
        Endpoint(.get, "/sized") { _, _ in
            Response(
                body: .stream(
                    length: 6, write: { writer in for text in ["one", "two"] { try await writer.write(text) } }))
        },
        Endpoint(.get, "/short") { _, _ in Response(body: .stream(length: 6, write: { try await $0.write("one") })) },
        Endpoint(.get, "/fails-early") { _, _ in Response(body: .stream(write: { _ in throw Problem(.conflict) })) },
        Endpoint(.get, "/fails-late") { _, _ in
            Response(
                body: .stream(write: { writer in
                    try await writer.write("begun")
                    throw Refused()
                }))
        },
        Endpoint(.get, "/large") { _, _ in
            Response(
                body: .stream(write: { writer in
                    let piece = [UInt8](repeating: 0x61, count: 65_536)
                    for _ in 0..<256 { try await writer.write(piece) }
                }))
        },
    ]

    private static func post(_ path: String, _ fields: String, _ body: String = "", close: Bool = true) -> String {
        "POST \(path) HTTP/1.1\r\nHost: a\r\n\(close ? "Connection: close\r\n" : "")\(fields)\r\n\r\n\(body)"
    }

    @Test("A chunked body is collected and streamed alike")
    func chunkedIn() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let chunks = "4\r\nfour\r\n5;x=y\r\nfive.\r\n0\r\nTrailer: x\r\n\r\n"
            for path in ["/collect", "/count"] {
                let text = try await server.exchange(Self.post(path, "Transfer-Encoding: chunked", chunks))
                #expect(text.content == "9")
            }
        }
    }

    @Test("A streamed answer is chunked for HTTP/1.1, ends the connection for HTTP/1.0 and has no content for HEAD")
    func chunkedOut() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let new = try await server.exchange("GET /chunks HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(new.contains("Transfer-Encoding: chunked\r\n"))
            #expect(new.content == "3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n")
            let old = try await server.exchange("GET /chunks HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(!old.contains("Transfer-Encoding"))
            #expect(old.contains("Connection: close\r\n"))
            #expect(old.content == "onetwo")
            let head = try await server.exchange("HEAD /chunks HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(head.content.isEmpty)
        }
    }

    @Test("A streamed answer of known length says so, and one that falls short breaks the connection")
    func sized() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let right = try await server.exchange("GET /sized HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(right.contains("Content-Length: 6\r\n"))
            #expect(right.content == "onetwo")
            let short = try await server.exchange("GET /short HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(short.content == "one")
        }
    }

    @Test("An endpoint that fails before its first piece is answered with its error, later the answer breaks off")
    func failures() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let early = try await server.exchange("GET /fails-early HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(early.status == 409)
            let late = try await server.exchange("GET /fails-late HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(late.status == 200)
            #expect(late.content == "5\r\nbegun\r\n")
        }
    }

    @Test("A large body streams through in both directions")
    func large() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let connection = try await server.connect()
            try await connection.write(Self.post("/count", "Content-Length: \(16 << 20)"))
            let piece = [UInt8](repeating: 0x62, count: 1 << 20)
            for _ in 0..<16 { try await connection.write(piece) }
            #expect(try await connection.readToEnd().content == "\(16 << 20)")
            let answer = try await server.client().send(
                Request(.get, to: #require(WebAddress("http://127.0.0.1:\(server.port)/large"))), upTo: 1 << 25)
            #expect(answer.body.bytes.count == 16 << 20)
        }
    }

    @Test("A body and its answer can flow at the same time")
    func echo() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let connection = try await server.connect()
            try await connection.write(Self.post("/echo", "Transfer-Encoding: chunked"))
            for text in ["first piece", "second"] {
                try await connection.write("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n")
                #expect(try await connection.read(through: "\(text)\r\n").hasSuffix("\r\n\(text)\r\n"))
            }
            try await connection.write("0\r\n\r\n")
            #expect(try await connection.readToEnd() == "0\r\n\r\n")
        }
    }

    @Test("An endpoint may read and write its bodies from another loop")
    func otherLoop() async throws {
        let elsewhere = EventLoop(name: "elsewhere")
        defer {
            elsewhere.stop()
            elsewhere.join()
        }
        let reverse = Endpoint<Void>(.post, "/reverse", body: .streamed()) { request, _ in
            Response(
                body: .stream(write: { writer in
                    try await elsewhere.run {
                        for try await piece in request.body { try await writer.write(piece.reversed()) }
                    }
                }))
        }
        try await TestServer.run([reverse]) { server in
            let text = try await server.exchange(Self.post("/reverse", "Content-Length: 5", "hello"))
            #expect(text.content == "5\r\nolleh\r\n0\r\n\r\n")
        }
    }

    @Test("An answer of any size arrives whole", arguments: [0, 1, 8_192, 8_193, 3_000_000])
    func sizes(count: Int) async throws {
        let endpoint = Endpoint<Void>(.get, "/bytes") { _, _ in
            Response(type: "application/octet-stream", bytes: [UInt8](repeating: 0x61, count: count))
        }
        try await TestServer.run([endpoint]) { server in
            let address = try #require(WebAddress("http://127.0.0.1:\(server.port)/bytes"))
            let answer = try await server.client().send(Request(.get, to: address), upTo: 4_000_000)
            #expect(answer.body.bytes.count == count)
        }
    }

    @Test("A body that is too large is answered 413 and the connection closed")
    func tooLarge() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let sized = try await server.exchange(Self.post("/collect", "Content-Length: 1001", "abc", close: false))
            #expect(sized.status == 413)
            #expect(sized.contains("Connection: close\r\n"))
            let chunk = "3e9\r\n\(String(repeating: "a", count: 1_001))\r\n0\r\n\r\n"
            let chunked = try await server.exchange(
                Self.post("/collect", "Transfer-Encoding: chunked", chunk, close: false))
            #expect(chunked.status == 413)
            let exact = Self.post("/collect", "Content-Length: 1000", String(repeating: "a", count: 1_000))
            #expect(try await server.exchange(exact).content == "1000")
        }
    }

    @Test("The answer to a large upload that nobody reads is not lost")
    func earlyAnswer() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let connection = try await server.connect()
            try await connection.write(Self.post("/refuse", "Content-Length: 100000000", close: false))
            try await connection.write([UInt8](repeating: 0x61, count: 32_768))
            let text = try await connection.readToEnd()
            #expect(text.status == 403)
            #expect(text.contains("Connection: close\r\n"))
        }
    }

    @Test("A body that nobody reads but that has arrived does not end the connection")
    func unreadBody() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let text = try await server.exchange(
                Self.post("/refuse", "Content-Length: 5", "hello", close: false)
                    + "GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(text.split(separator: "HTTP/1.1 ").map { $0.prefix(3) } == ["403", "200"])
        }
    }

    @Test("Leave to send the body is given before it is read, and not where it would be refused")
    func expectContinue() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let connection = try await server.connect()
            try await connection.write(
                Self.post("/collect", "Expect: 100-continue\r\nContent-Length: 5", close: false))
            #expect(try await connection.read(through: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            try await connection.write("hello")
            #expect(try await connection.read(through: "\r\n\r\n5").status == 200)
            let refused = try await server.exchange(
                Self.post("/collect", "Expect: 100-continue\r\nContent-Length: 5000", close: false))
            #expect(refused.status == 413)
            let unread = try await server.exchange(
                Self.post("/refuse", "Expect: 100-continue\r\nContent-Length: 5", close: false))
            #expect(unread.status == 403)
            #expect(unread.contains("Connection: close\r\n"))
            let there = try await server.exchange(
                Self.post("/collect", "Expect: 100-continue\r\nContent-Length: 5", "hello"))
            #expect(there.status == 200)
        }
    }

    @Test("A body that ends too soon is no body")
    func incomplete() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let connection = try await server.connect()
            try await connection.write(Self.post("/collect", "Content-Length: 5", "hel"))
            try await connection.stream.finishWriting()
            let text = try await connection.readToEnd()
            #expect(text.status == 400)
            #expect(text.contains("ended before the body"))
        }
    }

    @Test("Malformed chunks are answered 400 and end the connection")
    func malformedChunks() async throws {
        try await TestServer.run(Self.endpoints) { server in
            let text = try await server.exchange(
                Self.post("/count", "Transfer-Encoding: chunked", "5\r\nhelloX\r\n", close: false)
                    + "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(text.status == 400)
            #expect(text.split(separator: "HTTP/1.1 ").count == 1)
        }
    }
}
