import HTTP

/// Rows about what stands behind a request: another one, or what somebody wants to be taken for one.
extension ConformanceTests {
    private static let hidden = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"

    private static func both(_ first: String, _ second: String, _ body: String) -> String {
        ConformanceRow.post("\(first)\r\n\(second)", body)
    }

    static let smuggling: [ConformanceRow] = [
        .refused(
            "SMUG-CL-TE-BOTH", both("Content-Length: 5", "Transfer-Encoding: chunked", "0\r\n\r\n")),
        .refused("SMUG-CLTE-PIPELINE", both("Content-Length: 4", "Transfer-Encoding: chunked", "0\r\n\r\n" + hidden)),
        .refused("SMUG-TECL-PIPELINE", both("Transfer-Encoding: chunked", "Content-Length: 30", "0\r\n\r\n" + hidden)),
        .refused(
            "SMUG-CLTE-SMUGGLED-GET", both("Content-Length: 40", "Transfer-Encoding: chunked", "0\r\n\r\n" + hidden)),
        .refused(
            "SMUG-CLTE-SMUGGLED-HEAD",
            both(
                "Content-Length: 40", "Transfer-Encoding: chunked", "0\r\n\r\nHEAD /hidden HTTP/1.1\r\nHost: a\r\n\r\n")
        ),
        .refused(
            "SMUG-TECL-SMUGGLED-GET",
            both("Transfer-Encoding: chunked", "Content-Length: 4", "26\r\n\(hidden)\r\n0\r\n\r\n")),
        .refused(
            "SMUG-CLTE-CONN-CLOSE",
            both("Connection: close\r\nContent-Length: 5", "Transfer-Encoding: chunked", "0\r\n\r\n")),
        .refused(
            "SMUG-CLTE-SMUGGLED-GET-TE-TRAILING-SPACE",
            both("Content-Length: 40", "Transfer-Encoding: chunked ", "0\r\n\r\n" + hidden)),
        .refused(
            "SMUG-CLTE-SMUGGLED-GET-TE-LEADING-COMMA",
            both("Content-Length: 40", "Transfer-Encoding: , chunked", "0\r\n\r\n" + hidden)),
        .refused(
            "SMUG-CLTE-SMUGGLED-GET-TE-CASE-MISMATCH",
            both("Content-Length: 40", "Transfer-Encoding: Chunked", "0\r\n\r\n" + hidden)),
        .refused(
            "SMUG-CLTE-SMUGGLED-GET-TE-OBS-FOLD",
            both("Content-Length: 40", "Transfer-Encoding:\r\n chunked", "0\r\n\r\n" + hidden)),
        .refused(
            "a length and an unknown coding", both("Content-Length: 5", "Transfer-Encoding: xchunked", "hello" + hidden)
        ),
        .refused("SMUG-DUPLICATE-CL-SMUGGLED-GET", both("Content-Length: 0", "Content-Length: 40", hidden)),
        .refused("SMUG-CLTE-SMUGGLED-GET-CL-PLUS", ConformanceRow.post("Content-Length: +0", hidden)),
        .refused("SMUG-CLTE-SMUGGLED-GET-CL-NON-NUMERIC", ConformanceRow.post("Content-Length: N/A", hidden)),
        .refused(
            "SMUG-TE-DUPLICATE-HEADERS-SMUGGLED-GET",
            both("Transfer-Encoding: chunked", "Transfer-Encoding: x", "0\r\n\r\n" + hidden)),
        .refused(
            "SMUG-OPTIONS-TE-OBS-FOLD",
            "OPTIONS / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
        .refused(
            "a request hidden behind LF alone", "GET / HTTP/1.1\r\nHost: a\r\nX: y\n\nGET /hidden HTTP/1.1\r\n\r\n"),
        .refused(
            "a request hidden behind CR alone", "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\rGET /hidden HTTP/1.1\r\n\r\n"),
        .refused("SMUG-CHUNK-INVALID-SIZE-DESYNC", ConformanceRow.chunked("5x\r\nhello\r\n0\r\n\r\n" + hidden)),
        .refused(
            "SMUG-HTTP10-TE",
            "POST / HTTP/1.0\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden),
    ]

    static let sequences: [ConformanceRow] = [
        ConformanceRow(
            "SMUG-PIPELINE-SAFE", ConformanceRow.line("GET /1 HTTP/1.1") + ConformanceRow.line("GET /2 HTTP/1.1"),
            [.understood(.get, "/1", body: ""), .understood(.get, "/2", body: "")], .open),
        ConformanceRow(
            "an error in the first of two", ConformanceRow.get("X : y") + ConformanceRow.line("GET /2 HTTP/1.1"),
            [.status(400)], .closed),
        ConformanceRow(
            "an error in the second of two", ConformanceRow.line("GET /1 HTTP/1.1") + ConformanceRow.get("X : y"),
            [.understood(.get, "/1", body: ""), .status(400)], .closed),
        ConformanceRow(
            "a body between two",
            ConformanceRow.chunked("5\r\nhello\r\n0\r\n\r\n") + ConformanceRow.line("GET /2 HTTP/1.1"),
            [.understood(.post, "/", body: "hello"), .understood(.get, "/2", body: "")], .open),
        // What looks like a request is one only where the one before it has ended.
        .taken("SMUG-OPTIONS-CL-BODY-DESYNC", body("OPTIONS", hidden), .options, body: hidden),
        .taken("SMUG-GET-CL-PREFIX-DESYNC", body("GET", hidden), body: hidden),
        .taken("SMUG-DELETE-CL-BODY", body("DELETE", hidden), .delete, body: hidden),
        .taken("SMUG-HEAD-CL-BODY", body("HEAD", hidden), .head),
        .taken("SMUG-CL0-BODY-POISON", ConformanceRow.post("Content-Length: 0", "\r\n"), .post),
        ConformanceRow(
            "a refused body is read to its end",
            "TRACE / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", [.status(405)],
            .open),
        .refused(
            "an answered body that goes on wrongly",
            "TRACE / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", 405),
    ]

    private static func body(_ method: String, _ body: String) -> String {
        "\(method) / HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    private static func expecting(_ value: String, _ body: String = "hello") -> String {
        ConformanceRow.post("Expect: \(value)\r\nContent-Length: 5", body)
    }

    static let connections: [ConformanceRow] = [
        .taken("SMUG-EXPECT-100-CL", expecting("100-continue"), .post, body: "hello"),
        .taken("an expectation in capitals", expecting("100-CONTINUE"), .post, body: "hello"),
        .refused("COMP-EXPECT-UNKNOWN", expecting("200-ok"), 417),
        .refused("two expectations", expecting("100-continue\r\nExpect: 100-continue"), 417),
        .taken("an expectation without a body", ConformanceRow.get("Expect: 100-continue")),
        .taken(
            "no 1xx to HTTP/1.0", "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello", .post,
            body: "hello", then: .closed),
        ConformanceRow(
            "leave to send a body that never comes", expecting("100-continue", ""), [.interim, .status(400)], .cut),
        .refused(
            "no leave for a body too large", ConformanceRow.post("Expect: 100-continue\r\nContent-Length: 2000000"), 413
        ),
        .taken("COMP-CONNECTION-CLOSE", ConformanceRow.get("Connection: close"), then: .closed),
        .taken("close among other words", ConformanceRow.get("Connection: x, CLOSE ,y"), then: .closed),
        .taken(
            "close in a second field", ConformanceRow.get("Connection: x\r\nConnection: close"), then: .closed),
        .taken("COMP-HTTP10-DEFAULT-CLOSE", "GET / HTTP/1.0\r\nHost: a\r\n\r\n", then: .closed),
        .taken("COMP-HTTP10-KEEP-ALIVE", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"),
        .taken("COMP-UPGRADE-UNKNOWN", ConformanceRow.get("Connection: Upgrade\r\nUpgrade: x/1")),
        .taken("COMP-UPGRADE-MISSING-CONN", ConformanceRow.get("Upgrade: websocket\r\nSec-WebSocket-Version: 13")),
        .taken("COMP-UPGRADE-POST", ConformanceRow.post("Connection: Upgrade\r\nUpgrade: websocket"), .post),
        .taken(
            "an offer of HTTP/2",
            ConformanceRow.get("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA")),
    ]
}
