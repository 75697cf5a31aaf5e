import Mail
import SeedTestSupport
import Testing

@Suite("Words that Outlook sends as compressed rich text")
struct RichTextTests {
    private func mail(_ content: [UInt8], words: String = "") -> Message {
        let head =
            "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n\(words)\r\n--b\r\n"
        let file = "Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        return MessageParser().parse(Array((head + file).utf8) + content + Array("\r\n--b--\r\n".utf8))
    }

    private func mail(packed: [UInt8], words: String = "") -> Message {
        mail(WinmailWriter.message([WinmailWriter.property(0x1009, 0x102, packed)]), words: words)
    }

    /// Rich text that is kept as it is.
    private func mail(rich: String) -> Message {
        let bytes = Array(rich.utf8)
        let head = [bytes.count + 12, bytes.count, 0x414C_454D, 0].flatMap { WinmailWriter.number($0, 4) }
        return mail(packed: head + bytes)
    }

    /// The two examples of MS-OXRTFCP, section 3.
    private static let hello: [UInt8] = [
        0x2D, 0, 0, 0, 0x2B, 0, 0, 0, 0x4C, 0x5A, 0x46, 0x75, 0xF1, 0xC5, 0xC7, 0xA7, 0x03, 0x00, 0x0A, 0x00, 0x72,
        0x63,
        0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0A, 0xF3, 0x20, 0x68, 0x65, 0x6C, 0x09, 0x00, 0x20, 0x62, 0x77,
        0x05,
        0xB0, 0x6C, 0x64, 0x7D, 0x0A, 0x80, 0x0F, 0xA0,
    ]
    private static let crossing: [UInt8] = [
        0x1A, 0, 0, 0, 0x1C, 0, 0, 0, 0x4C, 0x5A, 0x46, 0x75, 0xE2, 0xD4, 0x4B, 0x51, 0x41, 0x00, 0x04, 0x20, 0x57,
        0x58,
        0x59, 0x5A, 0x0D, 0x6E, 0x7D, 0x01, 0x0E, 0xB0,
    ]

    @Test("The examples of the specification are read, and the file is opened with nothing left of it")
    func examples() {
        #expect(mail(packed: Self.hello).text == "hello world")
        #expect(mail(packed: Self.crossing).text == "WXYZWXYZWXYZWXYZWXYZ")
        #expect(mail(packed: Self.hello).attachments.isEmpty)
    }

    @Test("Where the mail has words of its own, those of the file are not said twice")
    func secondary() {
        let message = mail(packed: Self.hello, words: "Good day")
        #expect(message.text == "Good day")
        #expect(message.attachments.isEmpty)
    }

    @Test("What was changed on its way is not shown, and the file is kept")
    func changed() {
        var wrong = Self.hello
        wrong[22] ^= 1
        for packed in [wrong, Array(Self.hello.prefix(30)), Array(Self.hello.prefix(9)), [1, 2, 3]] {
            #expect(mail(packed: packed).text.isEmpty)
            #expect(mail(packed: packed).attachments.map(\.name) == ["winmail.dat"])
        }
    }

    @Test(
        "Paragraphs, letters of other scripts and code pages are read, and what is not words is not",
        arguments: [
            (
                #"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}"#
                    + #"\pard R\'f8yk\par ut\line av\tab d\'f8ra}"#,
                "Røyk\nut\nav\tdøra"
            ),
            (#"{\rtf1\ansi\uc1 \u1055?\u1088?\uc0\u1080 \uc2\u1074\'3f\'3f\u1077??\u1090 ?}"#, "Привет"),
            (
                #"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset238 B;}}"#
                    + #"\f1 za\'bf\'f3\'b3\'e6 {\f0 \'e6}}"#,
                "zażółć æ"
            ),
            (
                #"{\rtf1\ansi a\{b\}\\c\~d\_e\'zz{\*\unknown gone}{\pict 00ff}"#
                    + #"{\field{\*\fldinst HYPERLINK "x"}{\fldrslt here}}}"#,
                #"a{b}\c d-ezzhere"#
            ),
            (#"{\rtf1\ansi {\v hidden}seen\bin3 }}}\emdash x}"#, "seen\u{2014}x"),
            (#"{\rtf1 not closed {\b at all"#, "not closed at all"),
        ])
    func words(rich: String, text: String) {
        #expect(mail(rich: rich).text == text)
    }

    @Test("HTML that was packed into rich text is unpacked, and what stands in for it left out")
    func html() {
        let message = mail(
            rich:
                #"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0 A;}}{\*\htmltag64 <p class="x">}"#
                + #"\htmlrtf \par {\htmlrtf0 "#
                + #"R\'f8yk {\*\htmltag84 <b>}\htmlrtf {\b \htmlrtf0 ut{\*\htmltag92 </b>}"#
                + #"\htmlrtf }\htmlrtf0 \htmlrtf }\htmlrtf0 "#
                + #"{\*\mhtmltag x}{\*\htmltag72 </p>}}"#)
        #expect(message.html == #"<p class="x">Røyk <b>ut</b></p>"#)
        #expect(message.text == "Røyk ut")
    }

    @Test("A message within the file is a message that can be opened, with its own files and those within it")
    func nested() throws {
        func wide(_ id: Int, _ text: String) -> [UInt8] { WinmailWriter.property(id, 0x1F, WinmailWriter.wide(text)) }
        func object(_ message: [UInt8]) -> [[UInt8]] {
            let method = WinmailWriter.number(3, 2) + WinmailWriter.number(0x3705, 2) + WinmailWriter.number(5, 4)
            return [method, WinmailWriter.property(0x3701, 0x0D, [UInt8](repeating: 7, count: 16) + message)]
        }
        let inner = WinmailWriter.message([wide(0x0037, "Innerst"), wide(0x1000, "Dypt nede.")])
        let middle = WinmailWriter.message(
            [
                wide(0x0037, "Skriver: feil"), wide(0x1000, "Den står."), wide(0x0C1A, "Kari Øst"),
                wide(0x5D01, "kari@b.example"),
            ],
            files: [
                object(inner), [wide(0x3707, "a.txt"), WinmailWriter.property(0x3701, 0x102, Array("liste".utf8))],
            ])
        let outer = mail(
            WinmailWriter.message(
                [wide(0x1000, "Se vedlegg.")], files: [object(middle) + [wide(0x3001, "Skriver: feil")]]))
        #expect(outer.text == "Se vedlegg.")
        let file = try #require(outer.attachments.first)
        #expect(outer.attachments.count == 1 && file.isMessage && file.name == "Skriver feil.eml")
        let message = MessageParser().parse(file.content)
        #expect(message.subject == "Skriver: feil" && message.text == "Den står.")
        #expect(message.from.map(\.description) == ["Kari Øst <kari@b.example>"])
        #expect(message.attachments.map(\.type) == ["message/rfc822", "text/plain"])
        let deepest = try #require(message.attachments.first)
        #expect(MessageParser().parse(deepest.content).text == "Dypt nede.")
    }

    @Test("Rich text that is made to do harm is read to its end, and no larger than it may be", arguments: 1...6)
    func hostile(seed: Int) {
        var random = Seed(seed)
        for _ in 0..<100 {
            var packed = Self.hello
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                packed[Int.random(in: 0..<packed.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            #expect(mail(packed: packed).text.utf8.count < 1_000, "\(random)")
        }
        let pieces = [
            "{", "}", "\\", "{\\*", "\\u-1 ", "\\'", "\\bin99999999999 ", "\\htmlrtf ", "{\\fonttbl", "\\uc9",
            "\\f1 \\'ff",
        ]
        for piece in pieces {
            let rich = #"{\rtf1\fromhtml1 "# + String(repeating: piece, count: 40_000 / piece.utf8.count)
            #expect(mail(rich: rich).text.utf8.count <= 2 * rich.utf8.count, "\(piece)")
        }
    }

    @Test("A size that was made up is not believed", arguments: [0, 11, 12, 0x7FFF_FFFF, 0xFFFF_FFFF])
    func sizes(size: Int) {
        for place in [0, 4] {
            var packed = Self.hello
            packed.replaceSubrange(place..<(place + 4), with: WinmailWriter.number(size, 4))
            #expect(mail(packed: packed).text.utf8.count <= 11)
        }
    }
}
