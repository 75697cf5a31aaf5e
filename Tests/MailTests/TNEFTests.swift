import Mail
import SeedTestSupport
import Testing

@Suite("Mail whose words and files are in other files")
struct TNEFTests {
    private static var sample: [UInt8] {
        var writer = WinmailWriter()
        writer.attribute(0x0006_9007, WinmailWriter.number(1252, 4) + WinmailWriter.number(0, 4))
        writer.attribute(
            0x0006_9003,
            WinmailWriter.number(2, 4) + WinmailWriter.number(0x0003, 2) + WinmailWriter.number(0x0017, 2)
                + WinmailWriter.number(1, 4)
                + WinmailWriter.property(0x1000, 0x1F, WinmailWriter.wide("Røyk kommer ut.")))
        writer.attribute(0x0006_9002, level: 2, [UInt8](repeating: 0, count: 14))
        writer.attribute(0x0001_8010, level: 2, Array("RAPPOR~1.PDF".utf8) + [0])
        writer.attribute(0x0006_800F, level: 2, Array("%PDF-1.4".utf8))
        writer.attribute(
            0x0006_9005, level: 2,
            WinmailWriter.number(2, 4) + WinmailWriter.property(0x3707, 0x1F, WinmailWriter.wide("../Årsrapport.pdf"))
                + WinmailWriter.property(0x370E, 0x1E, Array("application/pdf".utf8) + [0]))
        return writer.bytes
    }

    private func mail(_ content: [UInt8]) -> Message {
        let head = "From: a@b.example\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n"
        return MessageParser().parse(Array("\(head)Content-Transfer-Encoding: binary\r\n\r\n".utf8) + content)
    }

    @Test("A winmail.dat is opened: its words are the text, its files the files")
    func opened() {
        let message = mail(Self.sample)
        #expect(message.text == "Røyk kommer ut.")
        #expect(message.attachments.map(\.name) == ["Årsrapport.pdf"])
        #expect(message.attachments.map(\.type) == ["application/pdf"])
        #expect(message.attachments.first?.content == Array("%PDF-1.4".utf8))
    }

    @Test("One that cannot be read stays a file")
    func unreadable() {
        for content in [Array("no such thing".utf8), Array(Self.sample.prefix(6)), Array(Self.sample.prefix(40))] {
            #expect(mail(content).attachments.map(\.name) == ["winmail.dat"])
        }
    }

    @Test("Damage of any kind is read to its end", arguments: 1...8)
    func damaged(seed: Int) {
        var random = Seed(seed)
        for _ in 0..<200 {
            var bytes = Self.sample
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                bytes[Int.random(in: 6..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            let message = mail(Array(bytes.prefix(Int.random(in: 6...bytes.count, using: &random))))
            #expect(message.attachments.allSatisfy { $0.content.count <= bytes.count }, "\(random)")
        }
    }

    @Test("An invitation alone is read as what, when, where and by whom, and stays a file")
    func invitation() {
        let calendar =
            "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Toner\\, and paper\r\n"
            + "DTSTART;TZID=\"Europe/Oslo\":20260302T101500\r\nDTEND:20260302T100000Z\r\nLOCATION:Third\r\n  floor\r\n"
            + "ORGANIZER;CN=\"Kari: N\":mailto:kari@customer.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        let message = MessageParser().parse(
            Array("From: a@b.example\r\nContent-Type: text/calendar; charset=utf-8\r\n\r\n\(calendar)".utf8))
        #expect(
            message.text == """
                Toner, and paper
                2026-03-02 10:15 Europe/Oslo – 2026-03-02 10:00 UTC
                Third floor
                kari@customer.example
                """)
        #expect(message.attachments.map(\.type) == ["text/calendar"])
    }
}
