/// Inputs to begin with.
enum FuzzSamples {
    static let all: [[UInt8]] = texts.map { Array($0.utf8) }

    private static let texts: [String] =
        requests + fields.map { "\u{3}\($0)" } + [
            "\u{1}--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; "
                + "name=\"f\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n",
            "\u{2}HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n",
            "\u{2}HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            "\u{2}HTTP/1.0 200 OK\n\nhello", "\u{2}HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n",
        ]

    private static let requests = [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\r\nGET http://[::1]:80/a%2Fb?c=%20 HTTP/1.1\r\nHost: b\r\nConnection: close, x\r\n\r\n",
        "POST /f HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloHEAD /x HTTP/1.0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5;a=\"b\\\";\";c\r\nhello\r\n0\r\nX: y\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: a%C3%A9:1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\nOPTIONS / HTTP/1.1\r\nHost: a\r\nContent-Length: 00\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "DELETE /a/../b HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n",
    ]

    private static let fields = [
        "bytes=0-1,-5, 3-", "\"a\", W/\"b\"", "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994", "multipart/form-data; boundary=\"x y\"", "a=b; c=\"d\"", "text/html;q=0.5,*/*",
        "[::1]:80", "/a%2Fb?c", "https://a:443/b?c#d",
    ]
}
