import Mail
import Moments
import SeedTestSupport
import Testing

@Suite("Reading messages", .laborious)
struct MessageParserTests {
    @Test(
        "Real mail reads as a person reads it", .enabled(if: Samples.exist, Samples.absent),
        arguments: RealMail.all)
    func realMail(_ mail: RealMail) throws {
        let message = MessageParser().parse(try Samples.bytes(mail.path))
        #expect(message.from.map(\.description).joined(separator: ", ") == mail.from)
        #expect(message.subject == mail.subject)
        #expect(message.text.hasPrefix(mail.text))
        #expect(message.text.isEmpty == mail.text.isEmpty)
        #expect(message.attachments.map { "\($0.name) | \($0.type) | \($0.content.count)" } == mail.files)
    }

    @Test("Every file has a row, and one alone", .enabled(if: Samples.exist, Samples.absent))
    func rows() {
        #expect(RealMail.all.map(\.path).sorted() == Samples.paths(below: ["mikel", "cpython"]))
    }

    @Test(
        "Every real message has a text that can be stored, and no file is without a name",
        .enabled(if: Samples.exist, Samples.absent),
        arguments: Samples.paths(below: ["mikel", "cpython", "bounces", "replies"]))
    func everyFile(path: String) throws {
        let message = MessageParser().parse(try Samples.bytes(path))
        #expect(!message.text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" && $0 != "\t" })
        #expect(!message.subject.contains { $0.isNewline })
        #expect(message.attachments.allSatisfy { !$0.name.isEmpty && !$0.name.contains("/") })
        #expect(message.html?.contains("\0") != true)
    }

    @Test(
        "A message may be cut off anywhere", .enabled(if: Samples.exist, Samples.absent),
        arguments: [
            "mikel/attachment_emails/attachment_message_rfc822_inline_image.eml",
            "mikel/attachment_emails/attachment_with_quoted_filename.eml",
            "mikel/multi_charset/japanese_iso_2022.eml",
            "mikel/rfc2822/example10.eml",
            "cpython/msg_38.txt",
            "bounces/lhost-postfix-02.eml",
        ])
    func truncation(path: String) throws {
        let bytes = try Samples.bytes(path)
        let whole = MessageParser().parse(bytes)
        for end in bytes.indices {
            let message = MessageParser().parse(Array(bytes[..<end]))
            #expect(message.attachments.count <= whole.attachments.count + 1)
        }
    }

    @Test("Damaged mail is read without harm", .enabled(if: Samples.exist, Samples.absent), arguments: 0..<40)
    func mutations(seed: Int) throws {
        var random = Seed(seed)
        let paths = Samples.paths(below: ["mikel", "cpython"])
        for _ in 0..<25 {
            let path = try #require(paths.randomElement(using: &random))
            let bytes = Mutation.apply(to: try Samples.bytes(path), using: &random)
            let message = MessageParser().parse(bytes)
            #expect(message.root.header.fields.count <= 2_000, "\(path), seed \(seed)")
            #expect(message.defects.count <= 200, "\(path), seed \(seed)")
        }
    }

    @Test("The same bytes with bare line feeds say the same", .enabled(if: Samples.exist, Samples.absent))
    func lineEnds() throws {
        let path = "mikel/attachment_emails/attachment_pdf"
        let standard = MessageParser().parse(try Samples.bytes(path + ".eml"))
        let bare = MessageParser().parse(try Samples.bytes(path + "_lf.eml"))
        #expect(standard.text == bare.text)
        #expect(standard.attachments.map(\.content) == bare.attachments.map(\.content))
        #expect(standard.from == bare.from)
    }

    @Test("Nothing at all is a message too", arguments: ["", "\r\n", ":", "\u{0}", "=?", "From ", "--\r\n--"])
    func nothing(text: String) {
        let message = MessageParser().parse(Array(text.utf8))
        #expect(message.from.isEmpty)
        #expect(message.defects.contains(.missing(field: "From")))
    }

    @Test("A forgery with two authors is told")
    func twoAuthors() {
        let message = read("From: a@example.org\nFrom: b@example.org\nSubject: one\nSubject: two\n\nx")
        #expect(message.from.map(\.specification) == ["a@example.org", "b@example.org"])
        #expect(message.subject == "one two")
        #expect(message.defects.contains(.duplicated(field: "From")))
        #expect(message.defects.contains(.duplicated(field: "Subject")))
    }

    @Test("The date of the last server stands in for a missing one")
    func dateFromReceived() {
        let message = read("Received: from x by y; Mon, 5 Nov 2007 20:17:37 +1100\nDate: yesterday\n\n")
        #expect(message.date?.rfc3339 == "2007-11-05T09:17:37Z")
        #expect(message.defects.contains(.unreadable(field: "Date")))
    }

    @Test("A subject without encoding is read in the character set of the text")
    func bareSubject() {
        let head = Array("Content-Type: text/plain; charset=koi8-r\nSubject: ".utf8)
        let message = MessageParser().parse(head + [0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4] + Array("\n\n".utf8))
        #expect(message.subject == "Привет")
    }
}

/// The message that a text with bare line feeds is.
func read(_ text: String) -> Message { MessageParser().parse(Array(text.utf8)) }
