import HTTP
import Testing

@Suite("Content that is sent in parts")
struct RangedContentTests {
    private static let text = Array("0123456789".utf8)

    private static let endpoints: [Endpoint<Void>] = [
        Endpoint(.get, "/file") { request, _ in
            let content = RangedContent(
                length: 10, type: "text/plain", tag: EntityTag("v1"),
                fields: [.cacheControl: "private, no-cache", .contentDisposition: "attachment"]
            ) { range, writer in
                // Byte by byte, as pieces of a larger content come.
                for place in range { try await writer.write([text[Int(place)]]) }
            }
            return content.response(to: request)
        }
    ]

    private func get(_ fields: String, method: String = "GET") async throws -> String {
        try await TestServer.run(Self.endpoints) { server in
            try await server.exchange("\(method) /file HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\(fields)\r\n")
        }
    }

    @Test("Without a range all of it is sent, and that parts may be asked for")
    func whole() async throws {
        let answer = try await get("")
        #expect(answer.status == 200)
        #expect(answer.content == "0123456789")
        #expect(answer.contains("Accept-Ranges: bytes\r\n"))
        #expect(answer.contains("ETag: \"v1\"\r\n"))
        let head = try await get("Range: bytes=0-1\r\n", method: "HEAD")
        #expect(head.status == 200)
        #expect(head.contains("Content-Length: 10\r\n"))
        #expect(head.content.isEmpty)
    }

    @Test("One range is sent with its place in the whole")
    func one() async throws {
        let answer = try await get("Range: bytes=3-5\r\nIf-Range: \"v1\"\r\n")
        #expect(answer.status == 206)
        #expect(answer.content == "345")
        #expect(answer.contains("Content-Range: bytes 3-5/10\r\n"))
        #expect(answer.contains("Content-Length: 3\r\n"))
        #expect(answer.contains("Content-Type: text/plain\r\n"))
        #expect(try await get("Range: bytes=3-5\r\nIf-Range: \"v0\"\r\n").status == 200)
    }

    @Test("Several ranges are sent as parts of one answer, whose length is right")
    func several() async throws {
        let answer = try await get("Range: bytes=0-1,-2\r\n")
        #expect(answer.status == 206)
        let head = try #require(answer.firstRange(of: "\r\n\r\n").map { answer[..<$0.lowerBound] })
        #expect(!head.contains("Content-Range"))
        let boundary = try #require(head.firstMatch(of: /multipart\/byteranges; boundary=([0-9a-f]+)/)?.1)
        let length = try #require(head.firstMatch(of: /Content-Length: ([0-9]+)/)?.1)
        #expect(answer.content.utf8.count == Int(length))
        let parts = ["bytes 0-1/10\r\n\r\n01", "bytes 8-9/10\r\n\r\n89"].map { part in
            "\r\n--\(boundary)\r\nContent-Type: text/plain\r\nContent-Range: \(part)"
        }
        #expect(answer.content == parts.joined() + "\r\n--\(boundary)--\r\n")
    }

    @Test("A range behind the end is told the length, and preconditions come first")
    func refused() async throws {
        let answer = try await get("Range: bytes=10-\r\n")
        #expect(answer.status == 416)
        #expect(answer.contains("Content-Range: bytes */10\r\n"))
        let unchanged = try await get("Range: bytes=10-\r\nIf-None-Match: \"v1\"\r\n")
        #expect(unchanged.status == 304)
        #expect(unchanged.contains("ETag: \"v1\"\r\nCache-Control: private, no-cache\r\n"))
        #expect(try await get("Range: bytes=0-1\r\nIf-Match: \"v0\"\r\n").status == 412)
    }
}
