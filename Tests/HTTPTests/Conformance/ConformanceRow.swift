import HTTP

/// Octets that a client sends, and what has to come of them.
struct ConformanceRow: Sendable, CustomStringConvertible {
    /// One answer, as far as it matters.
    enum Answer: Sendable, Equatable {
        /// The request was understood in this way.
        case understood(Method, String, body: String, host: String? = nil)
        case status(Int, head: Bool = false)
        /// Leave to send the body, before the answer itself.
        case interim
    }

    /// What becomes of the connection.
    enum End: Sendable {
        /// It lives on: a request that follows at once is understood.
        case open
        /// It is closed: what follows at once is never looked at.
        case closed
        /// The client ends its side after the last octet.
        case cut
    }

    let name: String
    let octets: [UInt8]
    let answers: [Answer]
    let end: End

    var description: String { name }

    /// Each scalar of the text is one octet, so that any can be written.
    init(_ name: String, _ text: String, _ answers: [Answer], _ end: End) {
        self.name = name
        octets = text.unicodeScalars.map { UInt8($0.value) }
        self.answers = answers
        self.end = end
    }

    /// One request that is understood.
    static func taken(
        _ name: String, _ text: String, _ method: Method = .get, _ target: String = "/", body: String = "",
        host: String? = nil, then end: End = .open
    ) -> Self {
        Self(name, text, [.understood(method, target, body: body, host: host)], end)
    }

    /// Octets that are refused with one answer, after which the connection is closed.
    static func refused(_ name: String, _ text: String, _ status: Int = 400) -> Self {
        Self(name, text, [.status(status)], .closed)
    }

    /// A request that cannot be carried out, although its end is known.
    static func answered(_ name: String, _ text: String, _ status: Int, head: Bool = false) -> Self {
        Self(name, text, [.status(status, head: head)], .open)
    }

    /// A request line with the one field that it needs.
    static func line(_ text: String) -> String { "\(text)\r\nHost: a\r\n\r\n" }

    /// A POST with those lines in its header section, and what follows it.
    static func post(_ lines: String, _ body: String = "") -> String {
        "POST / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n\r\n\(body)"
    }

    /// A GET with those lines in its header section.
    static func get(_ lines: String) -> String { "GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n\r\n" }

    static func chunked(_ body: String) -> String { post("Transfer-Encoding: chunked", body) }
}
