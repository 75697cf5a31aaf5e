import HTTP
import Testing

@Suite("The request parser")
struct RequestParserTests {
    static let requests =
        "GET /tickets?state=new HTTP/1.1\r\nHost: desk.example\r\nAccept: text/html\r\n\r\n"
        + "POST /tickets HTTP/1.1\r\nhOsT: desk.example:8080\r\nContent-Length: 5\r\n\r\nhello"
        + "\r\n\r\nPUT /a%20b/%2f HTTP/1.1\r\nHost: [::1]\r\nTransfer-Encoding: Chunked\r\n\r\n"
        + "5;a=\"b;c\"\r\nhello\r\n00006\r\n world\r\n0\r\nX-Sum: 1\r\n\r\n"
        + "GET http://other.example/ HTTP/1.0\r\n\r\n"

    static let messages: [Reading.Message] = [
        .init(method: .get, target: "/tickets?state=new", body: ""),
        .init(method: .post, target: "/tickets", body: "hello"),
        .init(method: .put, target: "/a%20b/%2f", body: "hello world"),
        .init(method: .get, target: "/", body: ""),
    ]

    @Test("Requests on one connection come out in order")
    func pipelined() {
        let reading = Reading(Self.requests)
        #expect(reading.messages == Self.messages)
        #expect(reading.fault == nil)
        #expect(!reading.isWithinRequest)
    }

    @Test("Where the bytes are cut makes no difference")
    func anyCut() {
        let bytes = Array(Self.requests.utf8)
        let whole = Reading([bytes])
        for cut in bytes.indices {
            #expect(Reading([bytes[..<cut], bytes[cut...]]) == whole, "cut at \(cut)")
        }
        #expect(Reading(bytes.map { [$0] }) == whole)
    }

    @Test("A refusal does not depend on where the bytes are cut", arguments: RequestRefusalTests.rows)
    func anyCutOfRefused(row: RequestRefusalTests.Row) {
        let bytes = Array(row.text.utf8)
        let whole = Reading([bytes]).fault
        #expect(Reading(bytes.map { [$0] }).fault == whole)
        for cut in bytes.indices { #expect(Reading([bytes[..<cut], bytes[cut...]]).fault == whole, "cut at \(cut)") }
    }

    @Test("A head says where it goes, what it carries and whether the connection lives on")
    func head() throws {
        let heads = Reading(Self.requests).heads
        #expect(
            heads.map { $0.authority?.description } == ["desk.example", "desk.example:8080", "[::1]", "other.example"])
        #expect(heads.map(\.framing) == [.none, .length(5), .chunked, .none])
        #expect(heads.map(\.keepsAlive) == [true, true, true, false])
        #expect(heads[0].fields["accept"] == "text/html")
        #expect(heads[2].target.segments == ["a b", "/"])
    }

    @Test(
        "The connection lives on when both sides can",
        arguments: [
            ("HTTP/1.1", "X: y", true), ("HTTP/1.1", "Connection: close", false),
            ("HTTP/1.1", "Connection: upgrade, CLOSE", false), ("HTTP/1.1", "Connection: keep-alive", true),
            ("HTTP/1.0", "X: y", false), ("HTTP/1.0", "Connection: Keep-Alive", true),
            ("HTTP/1.0", "Connection: keep-alive, close", false), ("HTTP/1.9", "X: y", true),
        ])
    func persistence(version: String, field: String, keeps: Bool) {
        let reading = Reading("GET / \(version)\r\nHost: a\r\n\(field)\r\n\r\n")
        #expect(reading.heads.first?.keepsAlive == keeps)
    }

    @Test("A target that names a host overrides the Host field")
    func absoluteForm() {
        let head = Reading("GET http://ONE.example:81/x?y HTTP/1.1\r\nHost: two.example\r\n\r\n").heads.first
        #expect(head?.authority?.description == "one.example:81")
        #expect(head?.target.path == "/x")
        #expect(head?.target.query == "y")
        #expect(head?.fields.all(.host) == ["one.example:81"])
        let old = Reading("GET http://one.example/ HTTP/1.0\r\n\r\n").heads.first
        #expect(old?.fields[.host] == "one.example")
    }

    @Test("Expect: 100-continue is told, and ignored from HTTP/1.0")
    func expectation() {
        let post = { (version: String) in
            Reading("POST / \(version)\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n").heads.first
        }
        #expect(post("HTTP/1.1")?.expectsContinue == true)
        #expect(post("HTTP/1.0")?.expectsContinue == false)
    }

    @Test("Up to four empty lines before a request are ignored")
    func emptyLines() {
        let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
        #expect(Reading(String(repeating: "\r\n", count: 4) + request).messages.count == 1)
        #expect(Reading(String(repeating: "\r\n", count: 5) + request).fault == .tooManyEmptyLines)
    }

    @Test("Trailers are read and never become fields")
    func trailers() {
        let reading = Reading(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "1\r\nx\r\n0\r\nContent-Length: 9\r\nHost: evil\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(reading.messages.map(\.target) == ["/", "/next"])
        #expect(reading.heads.first?.fields.contains(.contentLength) == false)
        #expect(reading.heads.first?.authority?.host == "a")
    }

    @Test(
        "The extensions of a chunk are passed over, whatever stands in their quotes",
        arguments: [
            ";a", " ; a", ";a=b", ";a = b;c", "\t;a=\"b\"", ";a=\"\";b", ";a=\"; \\\" =,\";b=c", ";a=\"\u{80}\t\"",
        ])
    func extensions(_ text: String) {
        let reading = Reading(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "1\(text)\r\nx\r\n0\(text)\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(reading.messages.map(\.target) == ["/", "/next"])
        #expect(reading.fault == nil)
    }

    @Test("After a fault there is nothing but the fault")
    func sticky() {
        var parser = RequestParser()
        parser.feed("GET / HTTP/1.1\r\n\r\n".utf8)
        #expect(throws: RequestFault.missingHost) { try parser.next() }
        parser.feed("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        #expect(throws: RequestFault.missingHost) { try parser.next() }
    }

    @Test(
        "The method of a refused request is told where its line begins with one",
        arguments: [
            ("HEAD / HTTP/1.1\r\n\r\n", .head), ("HEAD /%00 HTTP/1.1\r\n", .head),
            ("\r\nHEAD / HTTP/1.1\nHost: a", .head),
            ("HEAD /\(String(repeating: "x", count: 9_000))", .head), ("POST / HTTP/1.1\r\nX : y\r\n", .post),
            ("HEADS / HTTP/1.1\r\n", nil), ("\u{16}\u{3}", nil), ("DELETED", nil),
        ] as [(String, Method?)])
    func refusedMethod(_ text: String, method: Method?) {
        var parser = RequestParser()
        parser.feed(text.utf8)
        _ = try? parser.next()
        #expect(parser.refusedMethod == method)
    }

    @Test("An endpoint's own limit holds for its body only")
    func bodyLimit() throws {
        var parser = RequestParser()
        parser.feed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nfour".utf8)
        parser.feed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nfour".utf8)
        _ = try parser.next()
        parser.bodyLimit = 4
        guard case .body = try parser.next(), case .end = try parser.next(), case .head = try parser.next() else {
            Issue.record("a body of exactly the limit is accepted")
            return
        }
        parser.bodyLimit = 3
        #expect(throws: RequestFault.bodyTooLarge) { try parser.next() }
    }
}
