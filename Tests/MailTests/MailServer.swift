import Mail
import Runtime
import Sockets
import Synchronization

/// What a server in a test has kept.
final class Mailbox: Sendable {
    private let messages = Mutex<[(envelope: Envelope, content: [UInt8])]>([])

    var all: [(envelope: Envelope, content: [UInt8])] { messages.withLock { $0 } }

    func keep(_ envelope: Envelope, _ content: [UInt8]) { messages.withLock { $0.append((envelope, content)) } }
}

struct DiskFull: Error {}

/// A server for a test and the ways in which it may behave, chosen by the recipient: `no@…` is unknown, `full@…` over
/// quota, `throw@…` makes the keeping fail, `down@…` the check; all else is kept.
struct MailServer: Sendable {
    let mailbox = Mailbox()
    var dialect = MailSession.Dialect.lmtp
    var limits = LMTPServer.Limits()
    /// Called before a message is kept.
    var beforeKeeping: @Sendable () async throws -> Void = {}

    /// Runs `body` on a loop while the server runs; it is stopped afterwards, or before by the signal.
    func run<Success: Sendable>(
        at address: ListenAddress = .tcp(.v4(0x7F00_0001), port: 0),
        _ body: @escaping @Sendable (SocketAddress, StopSignal) async throws -> Success
    ) async throws -> Success {
        let loops = EventLoopGroup(count: 2)
        defer { loops.shutdown() }
        let listener = try Listener.bind(address)
        let server = LMTPServer(
            dialect, on: listener, hostName: "mx.example.org", loops: loops, limits: limits,
            accept: { recipient in
                if recipient.local == "down" { throw DiskFull() }
                return recipient.local == "no" ? .unknown(recipient) : nil
            },
            deliver: { [mailbox, beforeKeeping] envelope, content in
                try await beforeKeeping()
                if envelope.recipients.contains(where: { $0.local == "throw" }) { throw DiskFull() }
                mailbox.keep(envelope, content)
                return envelope.recipients.map {
                    $0.local == "full" ? SMTPReply(452, "4.2.2", "Over quota") : .delivered(to: $0, "kept")
                }
            })
        let stop = StopSignal()
        async let served: Void = server.run(until: stop)
        let address = listener.address
        let outcome: Result<Success, any Error>
        do {
            outcome = .success(try await loops.next().run { try await body(address, stop) })
        } catch {
            outcome = .failure(error)
        }
        stop.raise()
        try await served
        return try outcome.get()
    }
}

extension ByteStream {
    /// Reads until what has come ends with `mark` or the other side has ended.
    func read(until mark: String) async throws -> String {
        var bytes: [UInt8] = []
        setReadDeadline(after: .seconds(240))
        while !String(decoding: bytes, as: UTF8.self).hasSuffix(mark) {
            if try await read(into: &bytes) == 0 { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Sends a text and reads everything up to the end of the other side.
    func exchange(_ text: String) async throws -> [String] {
        try await write(text)
        return try await read(until: "\0").split(separator: "\r\n").map(String.init)
    }
}
