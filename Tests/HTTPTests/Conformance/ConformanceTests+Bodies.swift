import HTTP

/// Rows about where a body ends.
extension ConformanceTests {
    private static func length(_ value: String, _ body: String = "hello") -> String {
        ConformanceRow.post("Content-Length: \(value)", body)
    }

    static let framing: [ConformanceRow] = [
        .taken("COMP-POST-CL-BODY", length("5"), .post, body: "hello"),
        .taken("COMP-POST-CL-ZERO", length("0", ""), .post),
        .taken("COMP-POST-NO-CL-NO-TE", ConformanceRow.post("X: y"), .post),
        .taken("SMUG-CL-TRAILING-SPACE", length("5 \t"), .post, body: "hello"),
        .taken("SMUG-CL-EXTRA-LEADING-SP", length("  5"), .post, body: "hello"),
        .taken("SMUG-CL-LEADING-ZEROS", length("0005"), .post, body: "hello"),
        .taken("SMUG-CL-DOUBLE-ZERO", length("00", ""), .post),
        .taken("SMUG-CL-LEADING-ZEROS-OCTAL", length("010", "0123456789"), .post, body: "0123456789"),
        .taken("COMP-GET-WITH-CL-BODY", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", body: "hello"),
        ConformanceRow("COMP-POST-CL-UNDERSEND", length("10"), [.status(400)], .cut),
        ConformanceRow("COMP-CHUNKED-NO-FINAL", ConformanceRow.chunked("5\r\nhello\r\n"), [.status(400)], .cut),
        ConformanceRow("a head that ends early", "GET / HTTP/1.1\r\nHost: a\r\n", [.status(400)], .cut),
        ConformanceRow("nothing at all", "", [], .cut),
        .refused("RFC9112-6.1-CL-NON-NUMERIC", length("abc")), .refused("RFC9112-6.1-CL-PLUS-SIGN", length("+5")),
        .refused("SMUG-CL-NEGATIVE", length("-5")), .refused("SMUG-CL-NEGATIVE-ZERO", length("-0")),
        .refused("SMUG-CL-UNDERSCORE", length("0_5")), .refused("SMUG-CL-OCTAL", length("0o5")),
        .refused("SMUG-CL-HEX-PREFIX", length("0x5")), .refused("SMUG-CL-INTERNAL-SPACE", length("1 5")),
        .refused("MAL-CL-EMPTY", length("")), .refused("SMUG-CL-COMMA-SAME", length("5, 5")),
        .refused("SMUG-CL-COMMA-DIFFERENT", length("5, 6")), .refused("SMUG-CL-COMMA-TRIPLE", length("5,5,5")),
        .refused("SMUG-DUPLICATE-CL", length("5\r\nContent-Length: 6")),
        .refused("duplicate lengths that agree", length("5\r\nContent-Length: 5")),
        .refused("MAL-CL-OVERFLOW", length("99999999999999999999")),
        .refused("a length that wraps to 5", length("18446744073709551621")),
        .refused("more than this server takes", length("1048577"), 413),
        .refused("MAL-POST-CL-HUGE-NO-BODY", length("9223372036854775807", ""), 413),
        .refused("SMUG-TE-HTTP10", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        .refused("SMUG-TE-XCHUNKED", coding("xchunked")), .refused("SMUG-TE-IDENTITY", coding("identity")),
        .refused("SMUG-TE-NOT-FINAL-CHUNKED", coding("chunked, gzip")),
        .refused("COMP-UNKNOWN-TE-501", coding("gzip, chunked"), 501),
        .refused("SMUG-TE-DOUBLE-CHUNKED", coding("chunked, chunked")),
        .refused("SMUG-TE-DUPLICATE-HEADERS", coding("chunked\r\nTransfer-Encoding: identity")),
        .refused("SMUG-TE-EMPTY-VALUE", coding("")), .refused("SMUG-TE-LEADING-COMMA", coding(", chunked")),
        .refused("SMUG-TE-TRAILING-COMMA", coding("chunked,")),
        .refused("SMUG-CHUNKED-WITH-PARAMS", coding("chunked;q=1")),
        .refused("SMUG-TE-SP-BEFORE-COLON", ConformanceRow.post("Transfer-Encoding : chunked", "0\r\n\r\n")),
        .refused("SMUG-TE-OBS-FOLD", coding("\r\n chunked")), .refused("SMUG-TE-VTAB", coding("\u{B}chunked")),
        .refused("SMUG-TE-FORMFEED", coding("\u{C}chunked")), .refused("SMUG-TE-NULL", coding("chunked\u{0}")),
        .refused("a coding in quotes", coding("\"chunked\"")),
        .taken("SMUG-TE-CASE-MISMATCH", coding("cHuNkEd"), .post),
        .taken("SMUG-TE-TRAILING-SPACE", coding("chunked \t"), .post),
        .taken("SMUG-TE-TAB-BEFORE-VALUE", ConformanceRow.post("Transfer-Encoding:\tchunked", "0\r\n\r\n"), .post),
    ]

    private static func coding(_ value: String) -> String {
        ConformanceRow.post("Transfer-Encoding: \(value)", "0\r\n\r\n")
    }

    private static func chunks(_ name: String, _ text: String) -> ConformanceRow {
        .refused(name, ConformanceRow.chunked(text))
    }

    private static func taken(_ name: String, _ text: String, body: String = "hello") -> ConformanceRow {
        .taken(name, ConformanceRow.chunked(text), .post, body: body)
    }

    static let chunks: [ConformanceRow] = [
        taken("COMP-CHUNKED-BODY", "5\r\nhello\r\n0\r\n\r\n"),
        taken("COMP-CHUNKED-MULTI", "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"),
        taken("COMP-CHUNKED-EMPTY", "0\r\n\r\n", body: ""),
        taken("COMP-CHUNKED-HEX-UPPERCASE", "A\r\n0123456789\r\n0\r\n\r\n", body: "0123456789"),
        taken("zeros before a size", "0000000000000005\r\nhello\r\n000\r\n\r\n"),
        taken("COMP-CHUNKED-EXTENSION", "5;a=b;c;d=\"e\\\";\"\r\nhello\r\n0;z\r\n\r\n"),
        taken("COMP-CHUNKED-TRAILER-VALID", "5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n"),
        taken("SMUG-TRAILER-CL", "5\r\nhello\r\n0\r\nContent-Length: 50\r\n\r\n"),
        taken("SMUG-TRAILER-TE", "5\r\nhello\r\n0\r\nTransfer-Encoding: gzip\r\n\r\n"),
        taken("SMUG-TRAILER-HOST", "5\r\nhello\r\n0\r\nHost: other\r\n\r\n"),
        taken("SMUG-TRAILER-AUTH", "5\r\nhello\r\n0\r\nAuthorization: Basic x\r\n\r\n"),
        chunks("SMUG-CHUNK-BARE-SEMICOLON", "5;\r\nhello\r\n0\r\n\r\n"),
        chunks("SMUG-CHUNK-EXT-INVALID-TOKEN", "5;a[b=1\r\nhello\r\n0\r\n\r\n"),
        chunks("an extension without a name", "5;=x\r\nhello\r\n0\r\n\r\n"),
        chunks("an extension whose quote stays open", "5;a=\"open\r\nhello\r\n0\r\n\r\n"),
        chunks("SMUG-CHUNK-EXT-CTRL", "5;a\u{0}\r\nhello\r\n0\r\n\r\n"),
        chunks("SMUG-CHUNK-EXT-CR", "5;a\rb\r\nhello\r\n0\r\n\r\n"),
        chunks("SMUG-CHUNK-EXT-LF", "5;a\nhello\r\n0\r\n\r\n"),
        chunks("MAL-CHUNK-EXT-64K", "5;\(many("a", 65_536))\r\nhello\r\n0\r\n\r\n"),
        chunks("SMUG-CHUNK-HEX-PREFIX", "0x5\r\nhello\r\n0\r\n\r\n"),
        chunks("SMUG-CHUNK-UNDERSCORE", "0_5\r\nhello\r\n0\r\n\r\n"),
        chunks("SMUG-CHUNK-LEADING-SP", " 5\r\nhello\r\n0\r\n\r\n"),
        chunks("SMUG-CHUNK-SIZE-TRAILING-OWS", "5 \r\nhello\r\n0\r\n\r\n"),
        chunks("SMUG-CHUNK-NEGATIVE", "-5\r\nhello\r\n0\r\n\r\n"),
        chunks("SMUG-CHUNK-SIZE-PLUS", "+5\r\nhello\r\n0\r\n\r\n"),
        chunks("a size that is no number", "g\r\nhello\r\n0\r\n\r\n"), chunks("no size", "\r\nhello\r\n0\r\n\r\n"),
        chunks("MAL-CHUNK-SIZE-OVERFLOW", "ffffffffffffffff\r\nhello\r\n0\r\n\r\n"),
        chunks("a size of 17 digits", "00000000000000005\r\nhello\r\n0\r\n\r\n"),
        chunks("a size that wraps to 5", "10000000000000005\r\nhello\r\n0\r\n\r\n"),
        .refused("more in a chunk than this server takes", ConformanceRow.chunked("100001\r\nhello"), 413),
        chunks("SMUG-CHUNK-SPILL", "5\r\nhello!!\r\n0\r\n\r\n"), chunks("a chunk too short", "7\r\nhello\r\n0\r\n\r\n"),
        chunks("SMUG-CHUNK-MISSING-TRAILING-CRLF", "5\r\nhello0\r\n\r\n"),
        chunks("SMUG-CHUNK-LF-TERM", "5\r\nhello\n0\r\n\r\n"),
        chunks("SMUG-CHUNK-BARE-CR-TERM", "5\rhello\r\n0\r\n\r\n"),
        chunks("a size that ends in LF", "5\nhello\r\n0\r\n\r\n"),
        chunks("SMUG-CHUNK-LF-TRAILER", "5\r\nhello\r\n0\r\n\n"),
        chunks("a trailer without colon", "0\r\nNoColon\r\n\r\n"),
        chunks("a folded trailer", "0\r\nX: y\r\n z\r\n\r\n"),
        chunks("a blank before a trailer's colon", "0\r\nX : y\r\n\r\n"),
        chunks("a control in a trailer", "0\r\nX: \u{1}\r\n\r\n"),
        .refused("trailers of 9 kB", ConformanceRow.chunked("0\r\n\(many("X: \(many("y", 995))\r\n", 9))\r\n"), 431),
    ]
}
