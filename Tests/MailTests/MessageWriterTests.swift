import Mail
import Moments
import SeedTestSupport
import Testing

@Suite("Writing messages")
struct MessageWriterTests {
    private static let alphabet: [Character] = Array("abc XYZ 0123 ,;:<>\"()@\\=?_.'éåßłЖ漢字🎉—\t-")

    private static func text(_ range: ClosedRange<Int>, using random: inout Seed) -> String {
        let length = Int.random(in: range, using: &random)
        return String((0..<length).map { _ in alphabet.randomElement(using: &random) ?? "x" })
    }

    private static func draft(subject: String = "Hello", text: String = "Hi.\n") -> Draft {
        Draft(
            from: Address(name: "Desk Oslo", local: "desk", domain: "osl.example.org"),
            to: [Address(name: "Ada", local: "ada", domain: "example.org")], subject: subject, text: text,
            messageID: "t.1.2@osl.example.org", date: Moment(seconds: 1_588_672_800))
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false).map(
            String.init)
    }

    /// What reading makes of blanks: one line, no blanks around it.
    private static func readable(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { $0 == "\t" ? " " : $0 }
        let line = String(String.UnicodeScalarView(scalars))
        guard let first = line.firstIndex(where: { $0 != " " }), let last = line.lastIndex(where: { $0 != " " }) else {
            return ""
        }
        return String(line[first...last])
    }

    @Test("What is written is read back as it was", arguments: 0..<150)
    func roundTrip(seed: Int) throws {
        var random = Seed(seed)
        var draft = Self.draft(
            subject: Self.text(0...200, using: &random),
            text: "Hello"
                + (0..<Int.random(in: 0...20, using: &random)).map { _ in Self.text(0...120, using: &random) }
                .joined(separator: "\n"))
        let name = Self.text(0...90, using: &random)
        draft.from.name = name
        draft.cc = [
            Address(name: "Müller, \"J\"", local: "a b\"", domain: "x.org"), Address(local: "jörg", domain: "x.org"),
        ]
        if Bool.random(using: &random) { draft.html = "<p>" + Self.text(0...300, using: &random) + "</p>" }
        let file = Self.text(1...120, using: &random) + ".txt"
        let content = (0..<Int.random(in: 0...4_000, using: &random)).map { _ in
            UInt8.random(in: 0...255, using: &random)
        }
        draft.files = [Draft.File(name: file, type: "application/pdf", content: content)]
        draft.references = (0..<30).map { "id\($0).\(seed)@example.org" }
        draft.inReplyTo = ["id29@example.org"]

        let bytes = try MessageWriter.write(draft)
        let message = MessageParser().parse(bytes)
        #expect(message.defects == [], "seed \(seed)")
        #expect(message.subject == Self.readable(draft.subject), "seed \(seed)")
        #expect((message.from.first?.name ?? "") == Self.readable(name), "seed \(seed)")
        #expect(message.cc.map(\.specification) == draft.cc.map(\.specification), "seed \(seed)")
        #expect(message.cc.first?.name == "Müller, \"J\"")
        #expect(
            message.text
                == MessageParser().parse(Array("Content-Type: text/plain; charset=utf-8\n\n\(draft.text)".utf8)).text)
        #expect((message.html == nil) == (draft.html == nil))
        #expect(message.attachments.map(\.content) == [content], "seed \(seed)")
        #expect(message.references == draft.references)
        #expect(message.inReplyTo == draft.inReplyTo)
        #expect(message.messageID == draft.messageID)
        #expect(message.date == draft.date)
        for line in Self.lines(bytes) { #expect(line.utf8.count <= 998 && !line.contains("\n"), "seed \(seed)") }
    }

    @Test("A plain letter stays plain, so that anything can read it")
    func plain() throws {
        var draft = Self.draft()
        draft.autoSubmitted = .replied
        draft.fields = [Draft.Field("Precedence", "bulk")]
        #expect(
            Self.lines(try MessageWriter.write(draft)) == [
                "Date: Tue, 05 May 2020 10:00:00 +0000",
                "From: Desk Oslo <desk@osl.example.org>",
                "To: Ada <ada@example.org>",
                "Subject: Hello",
                "Message-ID: <t.1.2@osl.example.org>",
                "Auto-Submitted: auto-replied",
                "Precedence: bulk",
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: 7bit",
                "",
                "Hi.",
                "",
            ])
    }

    @Test(
        "Header lines are folded at 76 characters, those with encoded words always",
        arguments: [
            String(repeating: "long subject ", count: 40), String(repeating: "å", count: 300),
            String(repeating: "漢字 ", count: 60),
            String(repeating: "x", count: 500),
        ])
    func folding(subject: String) throws {
        var draft = Self.draft(subject: subject)
        draft.to = (0..<20).map { Address(name: "Jörg Nummer \($0)", local: "j\($0)", domain: "example.org") }
        for line in Self.lines(try MessageWriter.write(draft)) { #expect(line.utf8.count <= 76, "\(line)") }
    }

    @Test(
        "No value can add a field or end the header",
        arguments: ["\r\nBcc: x@y.org", "\nBcc: x@y.org", "\r\n\r\nBcc:", "\0\r"])
    func injection(value: String) throws {
        var draft = Self.draft(subject: "a" + value)
        draft.from.name = "b" + value
        draft.to[0].name = "c" + value
        draft.fields = [Draft.Field("X-Note", "d" + value)]
        draft.files = [Draft.File(name: "e" + value, type: "text/plain", content: [])]
        let bytes = try MessageWriter.write(draft)
        let message = MessageParser().parse(bytes)
        #expect(message.bcc.isEmpty)
        #expect(message.attachments.count == 1)
        #expect(
            message.header.fields.map(\.name) == [
                "Date", "From", "To", "Subject", "Message-ID", "X-Note", "MIME-Version", "Content-Type",
            ])
    }

    @Test("Addresses and identifiers that could not be sent are refused, not repaired")
    func refused() {
        var draft = Self.draft()
        draft.to = [Address(local: "ada", domain: "example.org>\r\nBcc: x@y.org")]
        #expect(throws: UnwritableDraft.self) { try MessageWriter.write(draft) }
        draft = Self.draft()
        draft.from = Address(name: "Ada", local: "", domain: "example.org")
        #expect(throws: UnwritableDraft.badAddress("\"\"@example.org")) { try MessageWriter.write(draft) }
        draft = Self.draft()
        draft.messageID = "a b"
        #expect(throws: UnwritableDraft.badIdentifier("a b")) { try MessageWriter.write(draft) }
        draft = Self.draft()
        draft.fields = [Draft.Field("Bcc", "x@y.org")]
        #expect(throws: UnwritableDraft.badField("Bcc")) { try MessageWriter.write(draft) }
        draft = Self.draft()
        draft.files = [Draft.File(name: "a", type: "text/plain\r\nX: y", content: [])]
        #expect(throws: UnwritableDraft.badType("text/plain\r\nX: y")) { try MessageWriter.write(draft) }
    }

    @Test("A message that goes along is found again as it was")
    func nestedMessage() throws {
        let inner = try MessageWriter.write(Self.draft(subject: "Inner", text: "café\n"))
        var draft = Self.draft(subject: "Outer")
        draft.files = [Draft.File(name: "original.eml", type: "message/rfc822", content: inner)]
        let message = MessageParser().parse(try MessageWriter.write(draft))
        let file = try #require(message.attachments.first)
        #expect(file.isMessage)
        #expect(MessageParser().parse(file.content).subject == "Inner")
    }

    @Test("Pictures of the HTML stand beside it, files after it")
    func pictures() throws {
        var draft = Self.draft()
        draft.html = "<img src=\"cid:logo@x\">"
        draft.files = [
            Draft.File(name: "logo.png", type: "image/png", content: [1], contentID: "logo@x"),
            Draft.File(name: "a.pdf", type: "application/pdf", content: [2]),
        ]
        let message = MessageParser().parse(try MessageWriter.write(draft))
        #expect(message.root.contentType.name == "multipart/mixed")
        #expect(message.root.parts.first?.contentType.name == "multipart/alternative")
        #expect(message.attachments.map(\.isShownInline) == [true, false])
    }
}
