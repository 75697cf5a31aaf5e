import Runtime
import Sockets
import Testing

@testable import Mail

@Suite("Connections to the smarthost that are kept", .timeLimit(.minutes(5)))
struct SMTPPoolTests {
    private static let message = Array("Subject: x\r\n\r\nx\r\n".utf8)
    private static let greeting: [ScriptedServer.Step] = [.say("220 mx"), .hear(1), .say("250 mx")]
    private static let sent: [ScriptedServer.Step] = [
        .hear(1), .say("250 ok"), .hear(1), .say("250 ok"), .hear(1), .say("354 go"), .hearMessage, .say("250 kept"),
    ]

    /// A pool whose connections may take as long to open as a message may take to send: beside hundreds of tests
    /// that read mail, a loop of a busy machine comes late.
    private static func pool(_ port: UInt16, limits: SMTPPool.Limits = SMTPPool.Limits()) throws -> SMTPPool {
        var limits = limits
        limits.opening = .seconds(240)
        return SMTPPool(
            SMTPClient(
                try Smarthost("smtp://127.0.0.1:\(port)"), clientName: "desk.example.org",
                resolver: Resolver(offload: Offload(width: 1)), tls: nil), limits: limits)
    }

    private static func send(_ pool: SMTPPool, to recipient: String = "a") async throws(SMTPFailure) -> [Int] {
        let envelope = Envelope(sender: nil, recipients: [Address(local: recipient, domain: "example.org")])
        return try await pool.send(message, envelope, within: .seconds(240)).map(\.code)
    }

    private static func failure(_ pool: SMTPPool) async -> SMTPFailure? {
        do throws(SMTPFailure) {
            _ = try await send(pool)
            return nil
        } catch {
            return error
        }
    }

    @Test("Messages one after the other go over one connection, with RSET between them")
    func reuse() async throws {
        let again: [ScriptedServer.Step] = [.hear(1), .say("250 reset")]
        let server = ScriptedServer(
            Self.greeting + Self.sent + again + Self.sent + again + [
                .hear(1), .say("250 ok"), .hear(1), .say("550 no"),
            ]
                + again + again + Self.sent + [.hear(1), .say("221 bye")])
        let codes = try await server.run { port in
            let pool = try Self.pool(port)
            var codes: [Int] = []
            for _ in 1...4 { codes += try await Self.send(pool) }
            #expect(pool.idleCount == 1)
            await pool.close()
            return codes
        }
        #expect(codes == [250, 250, 550, 250])
        #expect(server.lines.filter { $0.hasPrefix("EHLO") }.count == 1)
        #expect(server.lines.filter { $0 == "RSET" }.count == 4, "once more after the refusal")
        #expect(server.lines.last == "QUIT")
    }

    @Test("A connection that the server has closed meanwhile is replaced, and nothing is lost or said twice")
    func stale() async throws {
        let server = ScriptedServer(Self.greeting + Self.sent + [.hangUp])
        let codes = try await server.run { port in
            let pool = try Self.pool(port)
            return [try await Self.send(pool), try await Self.send(pool), try await Self.send(pool)]
        }
        #expect(codes == [[250], [250], [250]])
        #expect(server.lines.filter { $0.hasPrefix("EHLO") }.count == 3)
    }

    @Test("A connection ends after so many messages, and after it has been idle")
    func limits() async throws {
        let server = MailServer(dialect: .smtp)
        try await server.run { address, _ in
            var limits = SMTPPool.Limits()
            (limits.messages, limits.idle) = (2, .milliseconds(20))
            let pool = try Self.pool(address.port ?? 0, limits: limits)
            _ = try await Self.send(pool)
            #expect(pool.idleCount == 1)
            _ = try await Self.send(pool)
            #expect(pool.idleCount == 0, "after two messages")
            _ = try await Self.send(pool)
            for _ in 1...500 where pool.idleCount > 0 { try await EventLoop.current?.sleep(for: .milliseconds(10)) }
            #expect(pool.idleCount == 0, "after a while")
        }
        #expect(server.mailbox.all.count == 3)
    }

    @Test("What a server says of us and not of the message is told from what it says of the message")
    func classes() async throws {
        let table: [([ScriptedServer.Step], (SMTPFailure?) -> Bool)] = [
            ([.say("554 5.7.1 go away")], { if case .misconfigured = $0 { true } else { false } }),
            ([.say("421 4.3.2 busy")], { if case .unreachable = $0 { true } else { false } }),
            (
                Self.greeting + [.hear(1), .say("421 going down")],
                { if case .unreachable = $0 { true } else { false } }
            ),
            (
                Self.greeting + [.hear(1), .say("530 5.7.0 Authentication required")],
                { if case .misconfigured = $0 { true } else { false } }
            ),
            (
                Self.greeting + [.hear(1), .say("451 4.7.1 come back")],
                { $0 == .temporary(SMTPReply(451, "4.7.1", "come back")) }
            ),
            (Self.greeting + [.hear(1), .say("550 5.1.8 no")], { $0 == .permanent(SMTPReply(550, "5.1.8", "no")) }),
            (
                Self.greeting + [
                    .hear(1), .say("250"), .hear(1), .say("250"), .hear(1), .say("354"), .hearMessage, .hangUp,
                ],
                { if case .ambiguous = $0 { true } else { false } }
            ),
        ]
        for (place, (steps, isRight)) in table.enumerated() {
            let failure = try await ScriptedServer(steps).run { port in await Self.failure(try Self.pool(port)) }
            #expect(isRight(failure), "\(place): \(failure.map { "\($0)" } ?? "sent")")
        }
    }
}
