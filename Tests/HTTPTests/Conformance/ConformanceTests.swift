import HTTP
import Runtime
import Sockets
import Testing

@testable import http_echo

@Suite("What a client sends to a server, and what has to come of it", .timeLimit(.minutes(5)))
struct ConformanceTests {
    /// What is put behind the octets of a row, to see where the server believes the next request to begin.
    private static let next = "GET /next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    private func run(_ rows: [ConformanceRow], limits: ServerLimits = ServerLimits()) async throws {
        let loopback = try #require(CIDR("127.0.0.0/8"))
        try await TestServer.run(EchoEndpoints.all(), limits: limits, proxies: TrustedProxies([loopback])) { server in
            for row in rows { try await play(row, on: server) }
        }
    }

    private func play(_ row: ConformanceRow, on server: TestServer) async throws {
        let connection = try await server.connect()
        defer { connection.close() }
        try await connection.write(row.octets)
        var expected = row.answers
        switch row.end {
        case .cut: try await connection.stream.finishWriting()
        case .closed: try await connection.write(Self.next)
        case .open:
            try await connection.write(Self.next)
            expected.append(.understood(.get, "/next", body: ""))
        }
        var received: [UInt8] = []
        while try await connection.stream.read(into: &received) > 0 {}
        let answers = ReceivedAnswers(received, expected: expected)
        let shown = String(decoding: received, as: UTF8.self)
        #expect(answers.rest.isEmpty, "\(row): \(shown)")
        try #require(answers.list.count == expected.count, "\(row): \(shown)")
        for (wanted, answer) in zip(expected, answers.list) {
            let difference = wanted.difference(answer)
            #expect(difference == nil, "\(row): \(difference ?? "")")
            #expect(answer.status == 100 || answer.fields["date"] != nil, "\(row): an answer without a date")
        }
        // Whoever is about to close says so, that the client need not find out.
        if row.end != .cut { #expect(answers.list.last?.fields["connection"] == "close", "\(row)") }
    }

    @Test("Request lines") func lines() async throws { try await run(Self.lines) }

    @Test("Hosts") func hosts() async throws { try await run(Self.hosts) }

    @Test("Fields") func fields() async throws { try await run(Self.fields) }

    @Test("The length of a body") func framing() async throws { try await run(Self.framing) }

    @Test("Chunks") func chunks() async throws { try await run(Self.chunks) }

    @Test("One request hidden in another: there is one answer, and the connection is closed")
    func smuggling() async throws { try await run(Self.smuggling) }

    @Test("Requests behind each other, each with a body or without")
    func sequences() async throws { try await run(Self.sequences) }

    @Test("Expectations, persistence and upgrades") func connections() async throws { try await run(Self.connections) }

    @Test("Whatever is refused has one answer, and what follows it is never looked at")
    func refusals() async throws {
        try await run(
            RequestRefusalTests.rows.map { row in
                ConformanceRow.refused(octets: Array(row.text.utf8), name: row.description, row.fault.status.code)
            })
    }

    @Test(
        "Each file that other servers are tested with is echoed as the parser understands it",
        .enabled(if: RequestCorpus.isPresent, "The shared corpus is not here."))
    func corpus() async throws {
        try await run(
            try RequestCorpus.names().map { name in
                let octets = try RequestCorpus.bytes(name)
                return ConformanceRow(corpus: name, octets, Reading([octets]))
            })
    }

    @Test("Names are distinct, so that a failure tells which row it is")
    func names() {
        let rows =
            Self.lines + Self.hosts + Self.fields + Self.framing + Self.chunks + Self.smuggling + Self.sequences
            + Self.connections
        #expect(Set(rows.map(\.name)).count == rows.count)
    }
}

extension ConformanceRow {
    fileprivate static func refused(octets: [UInt8], name: String, _ status: Int) -> Self {
        Self(name, octets, [.status(status, head: octets.starts(with: Array("HEAD ".utf8)))], .closed)
    }

    /// A file of the corpus: what the parser alone makes of it, a server has to answer.
    fileprivate init(corpus name: String, _ octets: [UInt8], _ reading: Reading) {
        self.init(name, octets, Self.answers(reading), .cut)
    }

    private static func answers(_ reading: Reading) -> [Answer] {
        var answers: [Answer] = []
        for (message, head) in zip(reading.messages, reading.heads) {
            // Asking for the server as a whole is answered by the router.
            let isOfAll = message.target == "*"
            answers.append(isOfAll ? .status(204) : .understood(message.method, message.target, body: message.body))
            guard head.keepsAlive else { return answers }
        }
        guard reading.fault != nil || reading.isWithinRequest else { return answers }
        if reading.isWithinRequest, reading.heads.last?.expectsContinue == true { answers.append(.interim) }
        // What is not complete when the client ends its side is refused, as is what is wrong.
        return answers + [.status(reading.fault?.status.code ?? 400)]
    }

    init(_ name: String, _ octets: [UInt8], _ answers: [Answer], _ end: End) {
        self.name = name
        self.octets = octets
        self.answers = answers
        self.end = end
    }
}
