import Mail
import Runtime
import Sockets
import Testing

@Suite("Handing mail to a smarthost", .timeLimit(.minutes(3)))
struct SMTPClientTests {
    private static let message = Array("Subject: x\r\n\r\n.one\nt\rwo\r\n..\r\nend".utf8)

    private static func envelope(_ recipients: String...) -> Envelope {
        Envelope(
            sender: Address(local: "desk", domain: "example.org"),
            recipients: recipients.map { Address(local: $0, domain: "example.org") })
    }

    private static func client(_ uri: String, tls: TLSContext? = nil) throws -> SMTPClient {
        SMTPClient(
            try Smarthost(uri), clientName: "desk.example.org", resolver: Resolver(offload: Offload(width: 1)), tls: tls
        )
    }

    /// What becomes of one message to a scripted server.
    private func failure(
        _ steps: [ScriptedServer.Step], uri: String = "smtp://127.0.0.1", tls: TLSContext? = nil,
        within limit: Duration = .seconds(60)
    ) async throws -> SMTPFailure? {
        try await ScriptedServer(steps).run { port in
            do {
                _ = try await Self.client("\(uri):\(port)", tls: tls).send(
                    Self.message, Self.envelope("a"), within: limit)
                return nil
            } catch let error as SMTPFailure {
                return error
            }
        }
    }

    @Test(
        "A message arrives as it was, lines mended, with a reply for each recipient",
        arguments: [
            MailSession.Dialect.smtp, .lmtp,
        ])
    func delivery(dialect: MailSession.Dialect) async throws {
        var server = MailServer()
        server.dialect = dialect
        let replies = try await server.run { address, _ in
            let scheme = dialect == .lmtp ? "lmtp" : "smtp"
            return try await Self.client("\(scheme)://127.0.0.1:\(address.port ?? 0)")
                .send(Self.message, Self.envelope("ok", "no", "full"), within: .seconds(60))
        }
        #expect(replies.map(\.code) == (dialect == .lmtp ? [250, 550, 452] : [250, 550, 250]))
        #expect(
            replies.map(\.status) == (dialect == .lmtp ? ["2.1.5", "5.1.1", "4.2.2"] : ["2.1.5", "5.1.1", "2.1.5"]))
        let kept = try #require(server.mailbox.all.first)
        #expect(String(decoding: kept.content, as: UTF8.self) == "Subject: x\r\n\r\n.one\r\nt\r\nwo\r\n..\r\nend\r\n")
        #expect(kept.envelope.sender?.specification == "desk@example.org")
        #expect(kept.envelope.recipients.map(\.local) == ["ok", "full"])
    }

    @Test("Several messages go over one connection, whatever became of those before")
    func connection() async throws {
        let server = MailServer(dialect: .smtp)
        let codes = try await server.run { address, _ in
            let client = try Self.client("smtp://127.0.0.1:\(address.port ?? 0)")
            let connection = try await client.connect(within: .seconds(60))
            var codes: [Int] = []
            for recipient in ["ok", "no", "throw", "ok"] {
                codes += try await connection.send(Self.message, Self.envelope(recipient), within: .seconds(60)).map(
                    \.code)
            }
            await connection.quit()
            return codes
        }
        #expect(codes == [250, 550, 451, 250])
        #expect(server.mailbox.all.count == 2)
    }

    @Test("Hundreds of recipients are named without waiting for each")
    func manyRecipients() async throws {
        var server = MailServer(dialect: .smtp)
        server.limits.session.recipients = 1_000
        let replies = try await server.run { address, _ in
            let envelope = Envelope(
                sender: nil,
                recipients: (0..<350).map { Address(local: $0 % 7 == 0 ? "no" : "r\($0)", domain: "x.org") })
            return try await Self.client("smtp://127.0.0.1:\(address.port ?? 0)").send(
                Self.message, envelope, within: .seconds(60))
        }
        #expect(replies.count == 350)
        #expect(replies.indices.allSatisfy { replies[$0].isPositive == ($0 % 7 != 0) })
    }

    @Test("A server that knows only HELO is served too, one command at a time")
    func helo() async throws {
        let server = ScriptedServer([
            .say("220 old"), .hear(1), .say("500 what"), .hear(1), .say("250 old"), .hear(1), .say("250 ok"), .hear(1),
            .say("250 ok"), .hear(1), .say("354 go"), .hearMessage, .say("250 kept"), .hear(1), .say("221 bye"),
        ])
        let replies = try await server.run { port in
            try await Self.client("smtp://127.0.0.1:\(port)").send(
                Self.message, Self.envelope("a"), within: .seconds(60))
        }
        #expect(replies.map(\.text) == ["kept"])
        #expect(
            server.lines.prefix(4) == [
                "EHLO desk.example.org", "HELO desk.example.org", "MAIL FROM:<desk@example.org>",
                "RCPT TO:<a@example.org>",
            ])
        #expect(server.lines.contains("..one"))
        #expect(server.lines.contains("..."))
    }

    private static let opening: [ScriptedServer.Step] = [.say("220 mx"), .hear(1), .say("250 mx")]
    private static let named: [ScriptedServer.Step] = opening + [.hear(1), .say("250 ok"), .hear(1), .say("250 ok")]

    @Test("Each way to fail is told from the others")
    func failures() async throws {
        #expect(try await failure([.say("554 5.7.1 go away")]) == .permanent(SMTPReply(554, "5.7.1", "go away")))
        #expect(
            try await failure([.say("421-4.3.2 busy\r\n421 4.3.2 later")])
                == .temporary(SMTPReply(421, "4.3.2", "busy\nlater")))
        let refused = try await failure(Self.opening + [.hear(1), .say("550 no"), .hear(1), .say("250 ok")])
        #expect(refused == .permanent(SMTPReply(550, nil, "no")))
        #expect(try await failure([.hangUp]) == .unreachable("it closed the connection"))
        #expect(try await failure(Self.named + [.hear(1), .hangUp]) == .unreachable("it closed the connection"))
        let lost = try await failure(Self.named + [.hear(1), .say("354 go"), .hearMessage, .hangUp])
        #expect(lost == .ambiguous("it closed the connection"))
        let babble = try await failure([.say("HTTP/1.1 400 Bad Request")])
        #expect(babble == .unreachable("\"HTTP/1.1 400 Bad Request\" is not a reply of a mail server"))
    }

    @Test("Time runs out before the message is sent, or after: that makes a difference")
    func deadlines() async throws {
        let early = try await failure([.hear(1)], within: .milliseconds(50))
        guard case .unreachable = early else { return #expect(early == nil) }
        let late = try await failure(
            Self.named + [.hear(1), .say("354 go"), .hearMessage, .hear(9)], within: .seconds(2))
        guard case .ambiguous = late else { return #expect(late == nil) }
    }

    @Test("Nobody listens")
    func nobody() async throws {
        let loops = EventLoopGroup(count: 1)
        defer { loops.shutdown() }
        let failure = try await loops.next().run {
            do {
                _ = try await Self.client("smtp://127.0.0.1:1").send(
                    Self.message, Self.envelope("a"), within: .seconds(5))
                return SMTPFailure?.none
            } catch let error as SMTPFailure {
                return error
            }
        }
        guard case .unreachable(let reason) = failure else { return #expect(failure == nil) }
        #expect(reason.contains("127.0.0.1:1"))
    }

    @Test("What cannot be sent is refused before anything is said of it")
    func impossible() async throws {
        let server = MailServer(dialect: .smtp)
        let failures = try await server.run { address, _ in
            var failures: [SMTPFailure] = []
            for envelope in [
                Envelope(sender: nil, recipients: []),
                Envelope(sender: nil, recipients: [Address(local: "a", domain: "")]),
                Envelope(sender: nil, recipients: [Address(local: "a", domain: "b>\r\nRCPT TO:<c")]),
            ] {
                do {
                    let client = try Self.client("smtp://127.0.0.1:\(address.port ?? 0)")
                    _ = try await client.send(Self.message, envelope, within: .seconds(60))
                } catch let error as SMTPFailure {
                    failures.append(error)
                }
            }
            return failures
        }
        #expect(failures.count == 3)
        #expect(failures.allSatisfy { if case .permanent = $0 { true } else { false } })
        #expect(server.mailbox.all.isEmpty)
    }

    @Test("Addresses beyond ASCII are sent where that is offered, and refused where it is not")
    func international() async throws {
        let envelope = Envelope(sender: nil, recipients: [Address(local: "jörg", domain: "x.org")])
        let server = MailServer(dialect: .smtp)
        let replies = try await server.run { address, _ in
            try await Self.client("smtp://127.0.0.1:\(address.port ?? 0)").send(
                Self.message, envelope, within: .seconds(60))
        }
        #expect(replies.map(\.code) == [250])
        #expect(server.mailbox.all.first?.envelope.isInternational == true)
        await #expect(
            throws: SMTPFailure.permanent(SMTPReply(553, "5.6.7", "The server takes no addresses beyond ASCII"))
        ) {
            try await ScriptedServer(Self.opening).run { port in
                try await Self.client("smtp://127.0.0.1:\(port)").send(Self.message, envelope, within: .seconds(60))
            }
        }
    }
}
