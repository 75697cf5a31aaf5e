import Mail
import PostgresTestSupport
import Runtime
import Sockets
import Synchronization

/// A mail server that keeps what it gets and answers as told.
final class MailTaker: Sendable {
    let caught = Mutex<[Message]>([])
    let envelopes = Mutex<[Envelope]>([])
    private let answer: @Sendable (Int, Address) -> SMTPReply?

    /// - Parameter answer: what to say to the nth message, to its recipient, instead of taking it.
    init(answer: @escaping @Sendable (Int, Address) -> SMTPReply? = { _, _ in nil }) { self.answer = answer }

    /// To whom mail was taken, in the order in which it came.
    var recipients: [String] { envelopes.withLock { $0.flatMap(\.recipients).map(\.key) } }

    private func take(_ envelope: Envelope, _ content: [UInt8]) -> [SMTPReply] {
        let count = caught.withLock { caught in
            caught.append(MessageParser().parse(content))
            return caught.count
        }
        envelopes.withLock { $0.append(envelope) }
        return envelope.recipients.map { answer(count, $0) ?? .delivered(to: $0, "caught") }
    }

    func run(_ body: @escaping @Sendable (SMTPClient) async throws -> Void) async throws {
        let listener = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
        let server = LMTPServer(
            .smtp, on: listener, hostName: "catcher", loops: TestDatabase.loops, accept: { _ in nil },
            deliver: { envelope, content in self.take(envelope, content) })
        let stop = StopSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run(until: stop) }
            try await body(try SMTPClient.toThisMachine(at: listener.address))
            stop.raise()
            try await group.waitForAll()
        }
    }
}

/// A mail server that says what is written down, on each connection from the beginning, and then hangs up.
final class MailTeller: Sendable {
    /// What is said, each after so many lines were heard, or after a message where it is nil.
    typealias Script = [(after: Int?, say: String)]

    static let opening: Script = [(0, "220 mx"), (1, "250 mx")]
    /// It takes a message and hangs up before it says so.
    static let dying: Script = opening + [(1, "250 ok"), (1, "250 ok"), (1, "354 go"), (nil, "")]

    private let script: Script
    private let heard = Mutex<[[UInt8]]>([])

    init(_ script: Script) { self.script = script }

    /// The messages that were heard to their end.
    var messages: [Message] { heard.withLock { $0 }.map { MessageParser().parse($0) } }

    /// - Parameter user: as which the client signs in, with the password in it.
    func run(as user: String = "", _ body: @escaping @Sendable (SMTPClient) async throws -> Void) async throws {
        let listener = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
        let stop = StopSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await listener.serve(on: TestDatabase.loops, until: stop) { stream in
                    try? await self.play(on: stream)
                    stream.close()
                }
            }
            try await body(try SMTPClient.toThisMachine(at: listener.address, as: user))
            stop.raise()
            try await group.waitForAll()
        }
    }

    private func play(on stream: ByteStream) async throws {
        stream.setReadDeadline(after: .seconds(30))
        var input: [UInt8] = []
        for (lines, words) in script {
            let end = Array((lines == nil ? "\r\n.\r\n" : "\r\n").utf8)
            for _ in 0..<(lines ?? 1) {
                var range = input.firstRange(of: end)
                while range == nil {
                    if try await stream.read(into: &input) == 0 { return }
                    range = input.firstRange(of: end)
                }
                guard let range else { return }
                if lines == nil { heard.withLock { $0.append(Array(input[..<range.lowerBound])) } }
                input.removeSubrange(..<range.upperBound)
            }
            if !words.isEmpty { try await stream.write(words + "\r\n") }
        }
    }
}

extension SMTPClient {
    fileprivate static func toThisMachine(at address: SocketAddress, as user: String = "") throws -> SMTPClient {
        SMTPClient(
            try Smarthost("smtp://\(user)127.0.0.1:\(address.port ?? 0)"), clientName: "test",
            resolver: Resolver(offload: Offload(width: 1)), tls: nil)
    }
}
