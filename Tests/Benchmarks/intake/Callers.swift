import BenchmarkSupport
import Foundation
import HTTP
import Mail
import Runtime
import Sockets

/// The ways into the desk.
struct Doors: Sendable {
    enum Door: String, Sendable {
        case api = "tickets by the API"
        case mail = "mails by LMTP"
        /// The conversation is held and nothing is kept.
        case idleMail = "mails by LMTP that are not kept"
    }

    /// In the order of the gateway's greeting: of the API, of mail, and of mail that is not kept.
    let ports: [UInt16]
    let token: String

    /// Somebody who comes in through a door.
    func caller(at door: Door) async throws -> any Caller {
        switch door {
        case .api: try await APICaller(port: ports[0], token: token)
        case .mail: try await MailCaller(port: ports[1])
        case .idleMail: try await MailCaller(port: ports[2])
        }
    }
}

/// A program that opens tickets over the API, each for somebody who was never there.
struct APICaller: Caller {
    let stream: ByteStream
    let token: String

    init(port: UInt16, token: String) async throws {
        stream = try await ByteStream.connect(to: .ip(.v4(0x7F00_0001), port: port), within: .seconds(10))
        self.token = token
    }

    mutating func call(_ number: Int) async throws {
        let body = """
            {"subject": "The printer smokes, number \(number)", "text": "\(Words.text)", \
            "requester": {"email": "p\(number)@\(Words.domain(number))"}}
            """
        stream.setReadDeadline(after: .seconds(30))
        try await stream.write(
            """
            POST /api/v1/tickets HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer \(token)\r\n\
            Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)
            """)
        var parser = ResponseParser(answering: .post)
        while true {
            while let event = try parser.next() {
                switch event {
                case .head(let head):
                    guard head.status == .created else { throw BenchmarkFault("the answer is \(head.status)") }
                case .body: continue
                case .end: return
                }
            }
            let bytes = try await stream.read()
            guard !bytes.isEmpty else { throw BenchmarkFault("the gateway closed the connection") }
            parser.feed(bytes)
        }
    }

    func close() { stream.close() }
}

/// A mail server with mail of people who were never there.
struct MailCaller: Caller {
    let connection: SMTPConnection

    init(port: UInt16) async throws {
        let client = SMTPClient(
            try Smarthost("lmtp://127.0.0.1:\(port)"), clientName: "mx.customer.example",
            resolver: Resolver(offload: Offload(width: 1)), tls: nil)
        connection = try await client.connect(within: .seconds(10))
    }

    mutating func call(_ number: Int) async throws {
        let sender = "p\(number)@\(Words.domain(number))"
        let mail = """
            From: Kari Nordmann <\(sender)>\r\nTo: hjelp@oslo.norrsken.example\r\n\
            Subject: The printer smokes, number \(number)\r\nMessage-ID: <\(number).\(Words.run)@customer.example>\r\n\
            Date: Mon, 12 Oct 2026 08:00:00 +0200\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\(Words.text)\r\n
            """
        guard let from = Address(sender), let to = Address("hjelp@oslo.norrsken.example") else {
            throw BenchmarkFault("the addresses cannot be read")
        }
        let replies = try await connection.send(
            Array(mail.utf8), Envelope(sender: from, recipients: [to]), within: .seconds(30))
        guard replies.count == 1, replies[0].text.contains("OSL-") else {
            throw BenchmarkFault("the desk says \(replies)")
        }
    }

    func close() { connection.close() }
}

/// What the callers say.
enum Words {
    static let text = String(repeating: "Since this morning it smokes and makes a noise. ", count: 12)
    /// Tells the mails of this run from those of another on the same data.
    static let run = UInt32.random(in: .min ... .max)

    /// Nobody writes so much from one domain that he is not answered.
    static func domain(_ number: Int) -> String { "d\(number / 20).customer.example" }
}
