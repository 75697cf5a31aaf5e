import HTTP
import Testing

@Suite("What could be read two ways is refused")
struct RequestRefusalTests {
    struct Row: CustomStringConvertible, Sendable {
        let text: String
        let fault: RequestFault

        var description: String { "\(fault.rawValue): \(text.debugDescription.prefix(90))" }
    }

    /// A request with that line in its header section.
    static func field(_ line: String, _ fault: RequestFault, body: String = "") -> Row {
        Row(text: "POST / HTTP/1.1\r\nHost: a\r\n\(line)\r\n\r\n\(body)", fault: fault)
    }

    static func first(_ line: String, _ fault: RequestFault) -> Row {
        Row(text: "\(line)\r\nHost: a\r\n\r\n", fault: fault)
    }

    static func chunks(_ body: String, _ fault: RequestFault) -> Row {
        field("Transfer-Encoding: chunked", fault, body: body)
    }

    static let lines: [Row] = [
        first("GET /", .malformedRequestLine), first("GET  / HTTP/1.1", .malformedRequestLine),
        first("GET / HTTP/1.1 ", .malformedRequestLine), first(" GET / HTTP/1.1", .malformedRequestLine),
        first("GET\t/ HTTP/1.1", .malformedRequestLine), first("GET / x HTTP/1.1", .malformedRequestLine),
        first("GET / http/1.1", .malformedRequestLine), first("GET / HTTP/1.10", .malformedRequestLine),
        first("GET / HTTP/11", .malformedRequestLine), first("G@T / HTTP/1.1", .malformedRequestLine),
        first("\u{16}\u{3}\u{1}", .malformedRequestLine),
        first("GET / HTTP/2.0", .unsupportedVersion), first("GET / HTTP/0.9", .unsupportedVersion),
        first("PRI * HTTP/2.0", .unsupportedVersion),
        first("BREW / HTTP/1.1", .unknownMethod), first("get / HTTP/1.1", .unknownMethod),
        first("CONNECT a:443 HTTP/1.1", .tunnelRequested), first("CONNECT a HTTP/1.1", .malformedTarget),
        first("CONNECT / HTTP/1.1", .malformedTarget), first("GET * HTTP/1.1", .asteriskWithoutOptions),
        first("GET a:443 HTTP/1.1", .malformedTarget), first("GET tickets HTTP/1.1", .malformedTarget),
        first("GET ftp://a/ HTTP/1.1", .malformedTarget), first("GET http:///x HTTP/1.1", .malformedTarget),
        first("GET http://u:p@a/ HTTP/1.1", .userInformation), first("GET /#x HTTP/1.1", .malformedTarget),
        first("GET /%00 HTTP/1.1", .malformedTarget), first("GET /?a=%00 HTTP/1.1", .malformedTarget),
        first("GET /a/../b HTTP/1.1", .malformedTarget), first("GET /a/%2E%2e/b HTTP/1.1", .malformedTarget),
        first("GET /./b HTTP/1.1", .malformedTarget), first("GET /%zz HTTP/1.1", .malformedTarget),
        first("GET /% HTTP/1.1", .malformedTarget), first("GET /%f HTTP/1.1", .malformedTarget),
        first("GET /%ff HTTP/1.1", .malformedTarget), first("GET /é HTTP/1.1", .malformedTarget),
        first("GET /<x> HTTP/1.1", .malformedTarget), first("GET /a\\b HTTP/1.1", .malformedTarget),
        first("GET /a%0d%0ab HTTP/1.1", .malformedTarget), first("GET /%01 HTTP/1.1", .malformedTarget),
        first("GET /%1F HTTP/1.1", .malformedTarget), first("GET /a%7f HTTP/1.1", .malformedTarget),
        first("GET /\u{7f} HTTP/1.1", .malformedTarget), first("GET /?\u{1} HTTP/1.1", .malformedTarget),
        Row(text: "GET / HTTP/1.1\nHost: a\n\n", fault: .bareLineFeed),
        Row(text: "GET / HTTP/1.1\r\nHost: a\n\r\n", fault: .bareLineFeed),
        Row(text: "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", fault: .bareLineFeed),
        Row(text: "GET /\r HTTP/1.1\r\nHost: a\r\n\r\n", fault: .bareCarriageReturn),
    ]

    static let fields: [Row] = [
        Row(text: "GET / HTTP/1.1\r\nAccept: */*\r\n\r\n", fault: .missingHost),
        Row(text: "GET / HTTP/1.1\r\n Host: a\r\n\r\n", fault: .foldedField),
        Row(text: "GET http://a/ HTTP/1.1\r\nX: y\r\n\r\n", fault: .missingHost),
        field("Host: a", .severalHosts), field("host: b", .severalHosts),
        Row(text: "GET / HTTP/1.1\r\nHost:\r\n\r\n", fault: .invalidHost),
        Row(text: "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", fault: .invalidHost),
        Row(text: "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", fault: .invalidHost),
        Row(text: "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", fault: .invalidHost),
        Row(text: "GET / HTTP/1.1\r\nHost: a,b\r\n\r\n", fault: .invalidHost),
        Row(text: "GET / HTTP/1.1\r\nHost: a%2fb\r\n\r\n", fault: .invalidHost),
        Row(text: "GET / HTTP/1.1\r\nHost: a%00\r\n\r\n", fault: .invalidHost),
        Row(text: "GET / HTTP/1.1\r\nHost: a%2cb\r\n\r\n", fault: .invalidHost),
        Row(text: "GET / HTTP/1.1\r\nHost: a%ff\r\n\r\n", fault: .invalidHost),
        Row(text: "GET / HTTP/1.1\r\nHost: a:80x\r\n\r\n", fault: .invalidHost),
        Row(text: "GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n", fault: .invalidHost),
        Row(text: "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", fault: .invalidHost),
        Row(text: "GET / HTTP/1.1\r\nHost: [zz]\r\n\r\n", fault: .invalidHost),
        Row(text: "GET / HTTP/1.0\r\nHost: a b\r\n\r\n", fault: .invalidHost),
        field("X-Fold: a\r\n b", .foldedField), field("X-Fold: a\r\n\tb", .foldedField),
        field("Name : x", .blankBeforeColon), field("Transfer-Encoding : chunked", .blankBeforeColon),
        field("Content-Length\t: 5", .blankBeforeColon),
        field(": x", .malformedFieldName), field("no colon", .blankBeforeColon), field("nocolon", .malformedFieldName),
        field("Näme: x", .malformedFieldName), field("a(b): x", .malformedFieldName),
        field("X: a\u{0}b", .invalidFieldValue), field("X: a\u{1}b", .invalidFieldValue),
        field("X: a\u{7f}", .invalidFieldValue), field("X: a\rb", .bareCarriageReturn),
        field("X: a\r", .bareCarriageReturn),
        field("Expect: 200-ok", .unknownExpectation), field("Expect: 100-continue, x", .unknownExpectation),
        field("Expect: 100-continue\r\nExpect: 100-continue", .unknownExpectation),
    ]

    static let framing: [Row] = [
        field("Content-Length: 5\r\nTransfer-Encoding: chunked", .lengthWithEncoding, body: "0\r\n\r\n"),
        field("Transfer-Encoding: chunked\r\nContent-Length: 5", .lengthWithEncoding, body: "0\r\n\r\n"),
        field("Transfer-Encoding: xchunked", .chunkedNotLast),
        field("Transfer-Encoding: chunked, identity", .chunkedNotLast),
        field("Transfer-Encoding: gzip", .chunkedNotLast), field("Transfer-Encoding: identity", .chunkedNotLast),
        field("Transfer-Encoding: gzip, chunked", .unknownEncoding),
        field("Transfer-Encoding: chunked, chunked", .chunkedRepeated),
        field("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", .chunkedRepeated),
        field("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", .chunkedNotLast),
        field("Transfer-Encoding: chunked;x=y", .malformedEncoding),
        field("Transfer-Encoding: \"chunked\"", .malformedEncoding),
        field("Transfer-Encoding:", .malformedEncoding), field("Transfer-Encoding: chunked,", .malformedEncoding),
        field("Transfer-Encoding: \u{b}chunked", .invalidFieldValue),
        Row(text: "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", fault: .encodingBefore11),
        field("Content-Length: 5\r\nContent-Length: 5", .severalLengths, body: "hello"),
        field("Content-Length: 5\r\nContent-Length: 6", .severalLengths, body: "hello"),
        field("Content-Length: 5, 5", .malformedLength), field("Content-Length: +5", .malformedLength),
        field("Content-Length: -5", .malformedLength), field("Content-Length: 0x5", .malformedLength),
        field("Content-Length: 5 5", .malformedLength), field("Content-Length: 1_0", .malformedLength),
        field("Content-Length: 1e3", .malformedLength), field("Content-Length:", .malformedLength),
        field("Content-Length: ٥", .malformedLength),
        field("Content-Length: 99999999999999999999", .malformedLength),
        field("Content-Length: 9223372036854775807", .bodyTooLarge),
        chunks("1_0\r\n", .malformedChunkSize), chunks("-1\r\n", .malformedChunkSize),
        chunks("+1\r\n", .malformedChunkSize), chunks("0x1\r\n", .malformedChunkSize),
        chunks(" 1\r\n", .malformedChunkSize), chunks("1 \r\n", .malformedChunkSize),
        chunks("\r\n", .malformedChunkSize),
        chunks("00000000000000001\r\n", .malformedChunkSize), chunks("ffffffffffffffff\r\n", .malformedChunkSize),
        chunks("7fffffffffffffff\r\n", .bodyTooLarge), chunks("1;a\u{1}\r\n", .malformedChunkExtension),
        chunks("1;a\rb\r\n", .malformedChunkExtension), chunks("1\nx\r\n", .bareLineFeed),
        chunks("1\r\nxy\r\n", .malformedChunkEnd), chunks("1\r\nx\n", .malformedChunkEnd),
        chunks("1\r\nx\rz", .malformedChunkEnd), chunks("0\r\n\n", .bareLineFeed),
        chunks("0\r\nno colon\r\n\r\n", .malformedTrailer), chunks("0\r\n X: fold\r\n\r\n", .malformedTrailer),
        chunks("1;\(String(repeating: "e", count: 300))\r\n", .chunkExtensionTooLong),
    ]

    static let extensions: [Row] = [
        "1;", "1; ", "1;;a", "1;a;", "1;=b", "1;a=", "1;a=;b", "1;a b", "1;a=b c", "1;a ", "1;a[=b", "1;a=\"b",
        "1;a=\"b\\\"",
        "1;a=\"b\"c", "1;a=\"b\"=c", "1;a=b\"c\"", "1;a\u{7f}", "1;ä=b", "1;a=\"\u{0}\"",
    ].map { chunks("\($0)\r\nx\r\n0\r\n\r\n", .malformedChunkExtension) }

    static let rows = lines + fields + framing + extensions

    @Test("Each malformed request is refused by its rule", arguments: rows)
    func refuses(row: Row) {
        let reading = Reading(row.text)
        #expect(reading.fault == row.fault)
        #expect(reading.messages.isEmpty)
    }

    @Test("The statuses of the refusals are those of the RFC")
    func statuses() {
        #expect(RequestFault.allCases.allSatisfy { $0.status.isFailure && $0.status.code < 506 })
        #expect(RequestFault.requestLineTooLong.status == .uriTooLong)
        #expect(RequestFault.unknownMethod.status == .notImplemented)
        #expect(RequestFault.unknownEncoding.status == .notImplemented)
        #expect(RequestFault.unsupportedVersion.status == .httpVersionNotSupported)
        #expect(RequestFault.tooManyFields.status == .requestHeaderFieldsTooLarge)
        #expect(RequestFault.bodyTooLarge.status == .contentTooLarge)
        #expect(RequestFault.unknownExpectation.status == .expectationFailed)
        #expect(RequestFault.lengthWithEncoding.status == .badRequest)
    }
}
