import Glibc
import Mail
import Runtime
import SeedTestSupport
import Sockets
import Testing

@Suite("Taking mail over real connections", .timeLimit(.minutes(5)))
struct LMTPServerTests {
    private static let opening = "LHLO mx\r\nMAIL FROM:<a@b.org>\r\n"

    /// The codes of the replies after those to LHLO and MAIL, in one conversation of one packet.
    private func codes(_ server: MailServer = MailServer(), _ script: String) async throws -> [String] {
        try await server.run { address, _ in
            let stream = try await ByteStream.connect(to: address, within: .seconds(120))
            let lines = try await stream.exchange(Self.opening + script + "QUIT\r\n")
            let final = lines.filter { $0.dropFirst(3).first == " " }
            return final.dropFirst(3).dropLast().map { String($0.prefix(9)) }
        }
    }

    @Test("Two recipients get two verdicts")
    func verdicts() async throws {
        let server = MailServer()
        let codes = try await codes(server, "RCPT TO:<ok@x.org>\r\nRCPT TO:<full@x.org>\r\nDATA\r\nhello\r\n.\r\n")
        #expect(codes == ["250 2.1.5", "250 2.1.5", "354 Go on", "250 2.1.5", "452 4.2.2"])
        #expect(server.mailbox.all.map { String(decoding: $0.content, as: UTF8.self) } == ["hello\r\n"])
    }

    @Test("Unknown recipients are refused, and recipients that cannot be looked up are put off")
    func recipients() async throws {
        let codes = try await codes(
            MailServer(), "RCPT TO:<no@x.org>\r\nRCPT TO:<down@x.org>\r\nRCPT TO:<ok@x.org>\r\nDATA\r\nhello\r\n.\r\n")
        #expect(codes == ["550 5.1.1", "451 4.3.0", "250 2.1.5", "354 Go on", "250 2.1.5"])
    }

    @Test("A message that could not be kept is not acknowledged")
    func failure() async throws {
        let server = MailServer()
        let codes = try await codes(server, "RCPT TO:<ok@x.org>\r\nRCPT TO:<throw@x.org>\r\nDATA\r\nhello\r\n.\r\n")
        #expect(codes.suffix(2) == ["451 4.3.0", "451 4.3.0"])
        #expect(server.mailbox.all.isEmpty)
    }

    @Test("A message that is too big is refused, and the next is taken")
    func tooBig() async throws {
        var server = MailServer()
        server.limits.session.messageBytes = 1_000_000
        let big = String(repeating: "x", count: 70) + "\r\n"
        let codes = try await codes(
            server,
            "RCPT TO:<ok@x.org>\r\nDATA\r\n\(String(repeating: big, count: 20_000)).\r\n"
                + "MAIL FROM:<a@b.org>\r\nRCPT TO:<ok@x.org>\r\nDATA\r\nhello\r\n.\r\n")
        #expect(codes == ["250 2.1.5", "354 Go on", "552 5.3.4", "250 2.1.0", "250 2.1.5", "354 Go on", "250 2.1.5"])
        #expect(server.mailbox.all.count == 1)
    }

    @Test("It listens on a socket in the file system")
    func unixSocket() async throws {
        let server = MailServer()
        let path = "/tmp/lmtp-\(getpid()).sock"
        let lines = try await server.run(at: .unix(path)) { address, _ in
            let stream = try await ByteStream.connect(to: address, within: .seconds(120))
            return try await stream.exchange(Self.opening + "RCPT TO:<ok@x.org>\r\nDATA\r\nhello\r\n.\r\nQUIT\r\n")
        }
        #expect(lines.last == "221 2.0.0 Bye")
        #expect(server.mailbox.all.count == 1)
    }

    @Test("A message of several megabytes arrives as it was sent")
    func bigMessage() async throws {
        let server = MailServer()
        var random = Seed(7)
        var content = ""
        for _ in 0..<40_000 {
            content +=
                String(repeating: ".", count: Int.random(in: 0...3, using: &random))
                + "\(UInt64.random(in: 0 ... .max, using: &random))\r\n"
        }
        let stuffed =
            content.split(separator: "\r\n").map { $0.hasPrefix(".") ? "." + $0 : $0 }.joined(separator: "\r\n")
            + "\r\n"
        _ = try await codes(server, "RCPT TO:<ok@x.org>\r\nDATA\r\n\(stuffed).\r\n")
        #expect(server.mailbox.all.map(\.content) == [Array(content.utf8)])
    }

    @Test("Told to stop, it sends idle clients away and finishes the message in hand")
    func stopping() async throws {
        let server = MailServer()
        let ends = try await server.run { address, stop in
            let idle = try await ByteStream.connect(to: address, within: .seconds(120))
            _ = try await idle.read(until: "ready\r\n")
            let busy = try await ByteStream.connect(to: address, within: .seconds(120))
            try await busy.write(Self.opening + "RCPT TO:<ok@x.org>\r\nDATA\r\nhel")
            _ = try await busy.read(until: "dot only\r\n")
            stop.raise()
            let first = try await idle.read(until: "\0")
            try await busy.write("lo\r\n.\r\n")
            return [first, try await busy.read(until: "\0")]
        }
        #expect(ends[0].hasPrefix("421 4.3.2"))
        #expect(ends[1].hasPrefix("250 2.1.5"))
        #expect(ends[1].contains("421 4.3.2"))
        #expect(server.mailbox.all.count == 1)
    }

    @Test("Told to stop while it keeps a message, it finishes the one that the same client has begun behind it")
    func stoppingWhileKeeping() async throws {
        var server = MailServer()
        let isKeeping = StopSignal()
        server.beforeKeeping = { isKeeping.raise() }
        let end = try await server.run { address, stop in
            let registration = isKeeping.onRaise { stop.raise() }
            defer { registration.cancel() }
            let client = try await ByteStream.connect(to: address, within: .seconds(120))
            let opening = "MAIL FROM:<a@b.org>\r\nRCPT TO:<ok@x.org>\r\nDATA\r\n"
            try await client.write("LHLO mx\r\n\(opening)one\r\n.\r\n\(opening)tw")
            _ = try await client.read(until: "dot only\r\n")
            // The server has its turn, in which it notices that it was woken.
            try await EventLoop.current?.sleep(for: .milliseconds(50))
            try await client.write("o\r\n.\r\n")
            return try await client.read(until: "\0")
        }
        #expect(end.hasPrefix("250 2.1.5") && end.contains("421 4.3.2"), "\(end)")
        #expect(server.mailbox.all.count == 2)
    }

    @Test("A client that says nothing is told so and sent away")
    func idle() async throws {
        var server = MailServer()
        server.limits.idle = .milliseconds(50)
        let lines = try await server.run { address, _ in
            let stream = try await ByteStream.connect(to: address, within: .seconds(120))
            return try await stream.exchange("LHLO mx\r\n")
        }
        #expect(lines.last?.hasPrefix("421 4.4.2") == true)
    }

    @Test("Many clients at once are all served")
    func manyClients() async throws {
        let server = MailServer()
        try await server.run { address, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    group.addTask(executorPreference: EventLoop.current) {
                        let stream = try await ByteStream.connect(to: address, within: .seconds(120))
                        let message = "RCPT TO:<ok@x.org>\r\nDATA\r\n\(number)\r\n.\r\n"
                        let script =
                            "LHLO mx\r\n" + String(repeating: "MAIL FROM:<a@b.org>\r\n\(message)", count: 4)
                            + "QUIT\r\n"
                        _ = try await stream.exchange(script)
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(server.mailbox.all.count == 200)
    }
}
