import Mail
import SeedTestSupport
import Testing

@Suite("Conversations in LMTP and SMTP")
struct MailSessionTests {
    @Test("A message for two recipients is answered for each")
    func twoRecipients() {
        var talk = Conversation(.lmtp)
        talk.send(
            "LHLO mx\r\nMAIL FROM:<a@b.org> SIZE=20 BODY=8BITMIME\r\nRCPT TO:<ok@x.org>\r\n"
                + "RCPT TO:<full@x.org>\r\nDATA\r\n"
        )
        talk.send("Subject: x\r\n\r\n..dot\r\n.\r\nQUIT\r\n")
        #expect(
            talk.codes == [
                "220", "250", "250 2.1.0", "250 2.1.5", "250 2.1.5", "354", "250 2.1.5", "452 4.2.2", "221 2.0.0",
            ])
        #expect(talk.delivered.map(\.content) == ["Subject: x\r\n\r\n.dot\r\n"])
        #expect(talk.delivered.first?.envelope.sender?.specification == "a@b.org")
        #expect(talk.isClosed)
    }

    @Test("The greeting offers what is kept")
    func extensions() {
        var talk = Conversation(.lmtp)
        talk.send("LHLO mx\r\n")
        for keyword in ["PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "CHUNKING", "SIZE 52428800"] {
            #expect(talk.output.contains(keyword))
        }
        #expect(!talk.output.contains("2.0.0"))
    }

    @Test("Chunks make up a message, and the last is answered for each recipient")
    func chunks() {
        var talk = Conversation(.lmtp)
        talk.send(
            "LHLO mx\r\nMAIL FROM:<>\r\nRCPT TO:<ok@x.org>\r\nRCPT TO:<ok2@x.org>\r\n"
                + "BDAT 7\r\none\r\n.\rBDAT 2 LAST\r\n\n."
        )
        #expect(
            talk.codes == ["220", "250", "250 2.1.0", "250 2.1.5", "250 2.1.5", "250 2.0.0", "250 2.1.5", "250 2.1.5"])
        #expect(talk.delivered.map(\.content) == ["one\r\n.\r\n."])
        #expect(talk.delivered.first?.envelope.sender == nil)
    }

    @Test(
        "Commands out of their order are refused, and the conversation goes on",
        arguments: [
            ("MAIL FROM:<a@b.org>\r\n", "503 5.5.1"),
            ("LHLO mx\r\nRCPT TO:<ok@x.org>\r\n", "503 5.5.1"),
            ("LHLO mx\r\nDATA\r\n", "503 5.5.1"),
            ("LHLO mx\r\nMAIL FROM:<a@b.org>\r\nDATA\r\n", "503 5.5.1"),
            ("LHLO mx\r\nMAIL FROM:<a@b.org>\r\nRCPT TO:<no@x.org>\r\nDATA\r\n", "503 5.5.1"),
            ("LHLO mx\r\nMAIL FROM:<a@b.org>\r\nMAIL FROM:<a@b.org>\r\n", "503 5.5.1"),
            ("LHLO mx\r\nMAIL FROM:<a@b.org>\r\nRCPT TO:<ok@x.org>\r\nBDAT 1\r\nxDATA\r\n", "503 5.5.1"),
            ("LHLO mx\r\nMAIL FROM:<a@b.org>\r\nRCPT TO:<ok@x.org>\r\nBDAT 1\r\nxRCPT TO:<ok@x.org>\r\n", "503 5.5.1"),
            ("LHLO mx\r\nBDAT 4 LAST\r\nQUIT", "503 5.5.1"),
            ("LHLO mx\r\nMAIL FROM:<a@b.org>\r\nBDAT 4 LAST\r\nQUIT", "503 5.5.1"),
            ("EHLO mx\r\n", "500 5.5.1"),
            ("HELO mx\r\n", "500 5.5.1"),
            ("LHLO\r\n", "501 5.5.4"),
            ("FROB\r\n", "500 5.5.1"),
            ("NOOP\n", "500 5.5.2"),
            ("NO\rOP\r\n", "500 5.5.2"),
            ("NOOP \u{1}\r\n", "500 5.5.2"),
            ("STARTTLS\r\n", "502 5.5.1"),
            ("LHLO mx\r\nMAIL FROM:a@b.org\r\n", "501 5.5.4"),
            ("LHLO mx\r\nMAIL FROM:<a b@c.org>\r\n", "501 5.1.7"),
            ("LHLO mx\r\nMAIL FROM:<a@b.org\r\n", "501 5.5.4"),
            ("LHLO mx\r\nMAIL FROM:<a@b.org> SIZE=x\r\n", "501 5.5.4"),
            ("LHLO mx\r\nMAIL FROM:<a@b.org> SIZE=99999999999\r\n", "552 5.3.4"),
            ("LHLO mx\r\nMAIL FROM:<a@b.org> FROB=1\r\n", "555 5.5.4"),
            ("LHLO mx\r\nMAIL FROM:<å@b.org>\r\n", "553 5.6.7"),
            ("LHLO mx\r\nMAIL FROM:<a@b.org>\r\nRCPT TO:<å@x.org>\r\n", "553 5.6.7"),
            ("LHLO mx\r\nMAIL FROM:<a@b.org>\r\nRCPT TO:<ok@x.org> NOTIFY=NEVER\r\n", "555 5.5.4"),
            ("LHLO mx\r\nMAIL FROM:<a@b.org>\r\nRCPT TO:<no@x.org>\r\n", "550 5.1.1"),
            ("LHLO mx\r\nMAIL FROM:<a@b.org>\r\nRCPT TO:<ok>\r\n", "501 5.1.3"),
            ("BDAT x\r\n", "501 5.5.4"),
        ])
    func refused(input: String, code: String) {
        var talk = Conversation(.lmtp)
        talk.send(input)
        #expect(talk.codes.last == code)
        talk.send("RSET\r\nNOOP\r\n")
        #expect(talk.codes.last == "250 2.0.0")
        #expect(talk.delivered.isEmpty)
    }

    @Test(
        "Paths of every allowed form are accepted",
        arguments: [
            "<a@b.org>", " <a@b.org>", "<\"a b>\"@c.org>", "<@relay.org,@x.org:a@b.org>", "<a@[192.0.2.1]>",
            "<a+b=c@d.org>", "<>",
        ])
    func paths(path: String) {
        var talk = Conversation(.lmtp)
        talk.send("LHLO mx\r\nMAIL FROM:\(path)\r\n")
        #expect(talk.codes.last == "250 2.1.0")
    }

    @Test("Where the bytes are cut makes no difference", arguments: [MailSession.Dialect.lmtp, .smtp])
    func byteByByte(dialect: MailSession.Dialect) {
        let hello = dialect == .lmtp ? "LHLO" : "EHLO"
        let script =
            "NOOP\r\n\(hello) mx\r\nFROB\r\nMAIL FROM:<a@b.org>\r\nRCPT TO:<ok@x.org>\r\nRCPT TO:<no@x.org>\r\n"
            + "RCPT TO:<full@x.org>\r\nDATA\r\n.\r\n..\r\na\r\n.b\r\n.\r\n"
            + "MAIL FROM:<> SMTPUTF8\r\nRCPT TO:<ok@x.org>\r\n"
            + "BDAT 5\r\n.\r\n.\rBDAT 0 LAST\r\n" + String(repeating: "x", count: 5_000) + "\r\nMAIL FROM:<c@d.org>\r\n"
            + "RCPT TO:<ok@x.org>\r\nDATA\r\n..\r\nend\r\n.\r\nQUIT\r\n"
        var whole = Conversation(dialect)
        whole.send(script)
        #expect(whole.delivered.map(\.content) == ["", ".\r\n.\r", ".\r\nend\r\n"])
        for size in [1, 2, 3, 7] {
            var pieces = Conversation(dialect)
            let bytes = Array(script.utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                pieces.send(bytes: Array(bytes[start..<min(bytes.count, start + size)]))
            }
            #expect(pieces.output == whole.output, "pieces of \(size)")
            #expect(pieces.delivered == whole.delivered, "pieces of \(size)")
        }
    }

    @Test("Damaged conversations do no harm, and where their bytes are cut makes no difference", arguments: 0..<60)
    func mutations(seed: Int) {
        var random = Seed(seed)
        let script =
            "LHLO mx\r\nMAIL FROM:<a@b.org> SIZE=9\r\nRCPT TO:<ok@x.org>\r\nDATA\r\n.a\r\n.\r\nMAIL FROM:<>\r\n"
            + "RCPT TO:<\"q\\\"\"@x.org>\r\nBDAT 3\r\nabcBDAT 2 LAST\r\ndeRSET\r\nNOOP\r\n"
        for _ in 0..<20 {
            let bytes = Mutation.apply(to: Array((script + script).utf8), using: &random)
            var whole = Conversation(.lmtp)
            whole.send(bytes: bytes)
            var pieces = Conversation(.lmtp)
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + Int.random(in: 1...9, using: &random))
                pieces.send(bytes: Array(bytes[start..<end]))
                start = end
            }
            #expect(pieces.output == whole.output, "seed \(seed)")
            #expect(pieces.delivered == whole.delivered, "seed \(seed)")
        }
    }

    @Test(
        "Only CRLF.CRLF ends a message",
        arguments: ["\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n", "\r\n.\r", "\r.\r\n", "\r\r.\r\r"])
    func smuggling(end: String) {
        let inside = "a\(end)MAIL FROM:<evil@x.org>\r\nRCPT TO:<ok@x.org>\r\nDATA\r\nb"
        var lmtp = Conversation(.lmtp)
        lmtp.send("LHLO mx\r\nMAIL FROM:<a@b.org>\r\nRCPT TO:<ok@x.org>\r\nDATA\r\n\(inside)\r\n.\r\n")
        #expect(lmtp.delivered.count == 1)
        #expect(lmtp.delivered.first?.envelope.sender?.local == "a")
        var smtp = Conversation(.smtp)
        smtp.send("EHLO mx\r\nMAIL FROM:<a@b.org>\r\nRCPT TO:<ok@x.org>\r\nDATA\r\n\(inside)\r\n.\r\nNOOP\r\n")
        #expect(smtp.delivered.isEmpty)
        #expect(smtp.codes.last == "521 5.5.2")
        #expect(smtp.isClosed)
    }

    @Test("A message that is too big is refused for each recipient, and the next is taken")
    func tooBig() {
        var limits = MailSession.Limits()
        limits.messageBytes = 100
        for content in [
            "DATA\r\n" + String(repeating: "x", count: 200) + "\r\n.\r\n",
            "BDAT 200 LAST\r\n" + String(repeating: "x", count: 200),
        ] {
            var talk = Conversation(.lmtp, limits: limits)
            talk.send("LHLO mx\r\nMAIL FROM:<a@b.org>\r\nRCPT TO:<ok@x.org>\r\nRCPT TO:<ok@x.org>\r\n\(content)")
            #expect(talk.codes.suffix(2) == ["552 5.3.4", "552 5.3.4"])
            #expect(talk.delivered.isEmpty)
            talk.send("MAIL FROM:<a@b.org>\r\nRCPT TO:<ok@x.org>\r\nDATA\r\nx\r\n.\r\n")
            #expect(talk.delivered.map(\.content) == ["x\r\n"])
        }
    }

    @Test("More recipients than the limit are put off, never fewer than a hundred")
    func manyRecipients() {
        var limits = MailSession.Limits()
        limits.recipients = 100
        var talk = Conversation(.lmtp, limits: limits)
        talk.send("LHLO mx\r\nMAIL FROM:<a@b.org>\r\n" + String(repeating: "RCPT TO:<ok@x.org>\r\n", count: 101))
        #expect(talk.codes.dropLast().last == "250 2.1.5")
        #expect(talk.codes.last == "452 4.5.3")
    }

    @Test("A sender without a domain is taken, as from programs that fetch mail and were not told who sent it")
    func senderWithoutDomain() {
        var talk = Conversation(.lmtp)
        talk.send("LHLO mx\r\nMAIL FROM:<unknown>\r\nRCPT TO:<ok@x.org>\r\nDATA\r\nx\r\n.\r\n")
        #expect(talk.delivered.map(\.envelope.sender) == [Address(local: "unknown", domain: "")])
    }

    @Test("A client that only makes mistakes is sent away")
    func faults() {
        var talk = Conversation(.lmtp)
        talk.send(String(repeating: "FROB\r\n", count: 100))
        #expect(talk.codes.last == "421 4.7.0")
        #expect(talk.codes.count < 30)
    }

    @Test("A server whose recipients are all refused is not sent away, though it says DATA before it hears so")
    func groupsInVain() {
        var talk = Conversation(.lmtp)
        talk.send("LHLO mx\r\n")
        let group = "MAIL FROM:<a@b.org>\r\nRCPT TO:<no@x.org>\r\nDATA\r\nRSET\r\n"
        talk.send(String(repeating: group, count: 100))
        #expect(!talk.isClosed)
        #expect(talk.codes.filter { $0 == "503 5.5.1" }.count == 100)
    }

    @Test("A command without end is not kept")
    func endlessCommand() {
        var talk = Conversation(.lmtp)
        talk.send(String(repeating: "x", count: 100_000))
        talk.send(String(repeating: "x", count: 100_000) + "\r\nNOOP\r\n")
        #expect(talk.codes == ["220", "500 5.5.2", "250 2.0.0"])
    }

    @Test("Stopping lets the message in hand be finished")
    func stopping() {
        var talk = Conversation(.lmtp)
        talk.send("LHLO mx\r\nMAIL FROM:<a@b.org>\r\nRCPT TO:<ok@x.org>\r\nDATA\r\nx\r\n")
        talk.stop()
        #expect(!talk.isClosed)
        talk.send(".\r\nNOOP\r\n")
        #expect(talk.codes.suffix(2) == ["250 2.1.5", "421 4.3.2"])
        #expect(talk.isClosed)

        var idle = Conversation(.lmtp)
        idle.stop()
        #expect(idle.codes == ["220", "421 4.3.2"])
    }

    @Test("Missing verdicts mean that the message is to be sent again")
    func missingVerdicts() {
        var talk = Conversation(.lmtp, verdicts: { _ in [] })
        talk.send("LHLO mx\r\nMAIL FROM:<a@b.org>\r\nRCPT TO:<ok@x.org>\r\nDATA\r\nx\r\n.\r\n")
        #expect(talk.codes.last == "451 4.3.0")
    }

    @Test("A reply cannot be made to say more than one thing")
    func replyInjection() {
        var talk = Conversation(.lmtp, verdicts: { _ in [SMTPReply(250, "2.1.5", "ok\r\n550 evil\u{0}å")] })
        talk.send("LHLO mx\r\nMAIL FROM:<a@b.org>\r\nRCPT TO:<ok@x.org>\r\nDATA\r\nx\r\n.\r\n")
        #expect(talk.output.hasSuffix("250-2.1.5 ok\r\n250 2.1.5 550 evil??\r\n"))
    }
}
