import HTTP
import Testing

@Suite("The response parser")
struct ResponseParserTests {
    static let samples = [
        "HTTP/1.1 200 OK\r\nContent-Length:5\r\n\r\nhello",
        "HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.0 200 OK\nX: a\n b\n\nhello",
    ]

    /// Status, body and whether the end was seen, of an answer that comes in byte by byte.
    private func read(_ text: String, answering method: Method = .get, atEnd: Bool = false) throws -> (
        head: ResponseHead?, body: String, ended: Bool
    ) {
        try read(text.utf8.map { [$0] }, answering: method, atEnd: atEnd)
    }

    private func read(_ pieces: [[UInt8]], answering method: Method = .get, atEnd: Bool) throws -> (
        head: ResponseHead?, body: String, ended: Bool
    ) {
        var parser = ResponseParser(answering: method)
        var head: ResponseHead?
        var body: [UInt8] = []
        var ended = false
        for piece in pieces {
            parser.feed(piece)
            while let event = try parser.next() {
                switch event {
                case .head(let next): head = next
                case .body(let bytes): body += bytes
                case .end: ended = true
                }
            }
        }
        if atEnd, !ended, case .end = try parser.finish() { ended = true }
        return (head, String(decoding: body, as: UTF8.self), ended)
    }

    @Test("A body ends by its length, by its chunks or with the connection")
    func framing() throws {
        #expect(try read(Self.samples[0]).body == "hello")
        #expect(try read(Self.samples[0]).ended)
        #expect(try read(Self.samples[1]).body == "hello")
        #expect(try read(Self.samples[1]).ended)
        let last = try read(Self.samples[3], atEnd: true)
        #expect(last.body == "hello")
        #expect(last.ended)
        #expect(try !read(Self.samples[3]).ended)
    }

    @Test("Where the bytes are cut makes no difference", arguments: samples)
    func anyCut(sample: String) throws {
        let bytes = Array(sample.utf8)
        let whole = try read([bytes], atEnd: true)
        #expect(whole.head != nil && whole.ended)
        for cut in bytes.indices {
            let pieces = try read([Array(bytes[..<cut]), Array(bytes[cut...])], atEnd: true)
            #expect(pieces.head?.status == whole.head?.status, "cut at \(cut)")
            #expect(pieces.body == whole.body && pieces.ended == whole.ended, "cut at \(cut)")
        }
    }

    @Test("A field needs no blank after its colon, and folded lines become one")
    func leniency() throws {
        #expect(try read(Self.samples[0]).head?.fields[.contentLength] == "5")
        #expect(try read(Self.samples[3]).head?.fields["x"] == "a  b")
    }

    @Test("Answers to HEAD, and those with 204 or 304, have no body")
    func bodiless() throws {
        #expect(try read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", answering: .head).ended)
        #expect(try read("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n").ended)
        #expect(try read(Self.samples[2]).ended)
    }

    @Test("Interim answers are passed over")
    func interim() throws {
        #expect(try read(Self.samples[2]).head?.status == .noContent)
        let many = String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 9)
        #expect(throws: ResponseFault.tooManyInterimResponses) { try read(many) }
    }

    @Test("The connection lives on when the server says so")
    func persistence() throws {
        #expect(try read(Self.samples[0]).head?.keepsAlive == true)
        #expect(try read(Self.samples[3]).head?.keepsAlive == false)
        #expect(try read("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").head?.keepsAlive == false)
    }

    @Test(
        "What cannot be understood is a typed fault",
        arguments: [
            ("HTTP 200 OK\r\n\r\n", ResponseFault.malformedStatusLine),
            ("HTTP/1.1 2000 OK\r\n\r\n", .malformedStatusLine),
            ("HTTP/1.1 099 x\r\n\r\n", .malformedStatusLine), ("HTTP/2.0 200 OK\r\n\r\n", .unsupportedVersion),
            ("HTTP/1.1 101 Switching Protocols\r\n\r\n", .unexpectedUpgrade),
            ("HTTP/1.1 200 OK\r\nbad\r\n\r\n", .malformedField), ("HTTP/1.1 200 OK\r\n X: y\r\n\r\n", .malformedField),
            ("HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\n", .malformedLength),
            ("HTTP/1.1 200 OK\r\nContent-Length: 1 2\r\n\r\n", .malformedLength),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", .unknownEncoding),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", .malformedChunk),
            ("HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n", .incomplete),
        ])
    func faults(text: String, fault: ResponseFault) {
        #expect(throws: fault) { try read(text, atEnd: true) }
    }

    @Test("Equal lengths mean one length")
    func repeatedLength() throws {
        #expect(try read("HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\nContent-Length: 2\r\n\r\nok").body == "ok")
    }

    @Test("A body larger than the limit is refused however it is framed")
    func limit() {
        let heads = ["Content-Length: 5", "Transfer-Encoding: chunked", "Connection: close"]
        for (head, body) in zip(heads, ["hello", "5\r\nhello\r\n", "hello"]) {
            var parser = ResponseParser(answering: .get)
            parser.bodyLimit = 4
            parser.feed("HTTP/1.1 200 OK\r\n\(head)\r\n\r\n\(body)".utf8)
            #expect(throws: ResponseFault.bodyTooLarge) { while try parser.next() != nil {} }
        }
    }
}
