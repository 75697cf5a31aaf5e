import Mail
import Testing

@Suite("Messages made to do harm", .laborious, .timeLimit(.minutes(5)))
struct HostileMessageTests {
    @Test(
        "Five megabytes of any one thing in a header take no more time than five megabytes",
        arguments: [
            "=?utf-8?q?", "=?utf-8?b?YQ==?=", "(", "\"", "<", "a@b,", "<a@b>", "\\", "; filename*0=a", ":", "@", "[",
            "a ",
            "=?a?", "Group:", ";", "&#", "\r\n ",
        ])
    func longHeader(piece: String) {
        let filling = String(repeating: piece, count: 5_000_000 / piece.utf8.count)
        let started = ContinuousClock.now
        for field in ["Subject", "From", "Content-Type", "References", "Date"] {
            let value = field == "Content-Type" ? "text/plain; name=\(filling)" : filling
            let message = read("\(field): \(value)\r\n\r\ntext")
            #expect(message.defects.contains(.headerTooLong))
        }
        #expect(ContinuousClock.now - started < .seconds(20))
    }

    @Test("A header of half a million fields ends within its limit")
    func manyFields() {
        let message = read(String(repeating: "a:b\r\n", count: 500_000) + "\r\ntext")
        #expect(message.header.fields.count <= 2_000)
        #expect(message.defects.contains(.headerTooLong))
        #expect(message.text == "text")
    }

    @Test("Ten thousand nested parts are read to the limit, and the rest is kept")
    func deepNesting() throws {
        var text = ""
        for level in 0..<10_000 {
            text += "Content-Type: multipart/mixed; boundary=b\(level)\r\n\r\n--b\(level)\r\n"
        }
        let message = read(text + "\r\nat the bottom")
        #expect(message.defects.contains(.nestedTooDeeply))
        let rest = try #require(message.attachments.first)
        #expect(String(decoding: rest.content, as: UTF8.self).hasSuffix("at the bottom"))
    }

    @Test("Ten thousand parts side by side are read to the limit")
    func manyParts() {
        let part = "--b\r\nContent-Type: application/pdf\r\n\r\nx\r\n"
        let message = read(
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + String(repeating: part, count: 10_000) + "--b--")
        #expect(message.attachments.count <= 500)
        #expect(message.defects.contains(.tooManyParts))
    }

    @Test(
        "HTML of half a megabyte is turned into text in one pass",
        arguments: [
            "<", "<a ", "<a href=\"", "<b", "<!--", "<style>", "<blockquote>", "<ul><li>x", "<a href=http://x>y</a>",
            "&",
            "</p><p>x", "<td>",
        ])
    func hostileHTML(piece: String) {
        let html = String(repeating: piece, count: 500_000 / piece.utf8.count)
        let started = ContinuousClock.now
        let message = read("Content-Type: text/html\r\n\r\n\(html)")
        #expect(message.text.utf8.count <= 12 * html.utf8.count)
        #expect(ContinuousClock.now - started < .seconds(20))
    }

    @Test("Flowed text in a single paragraph is joined in one pass")
    func flowed() {
        let message = read(
            "Content-Type: text/plain; format=flowed\r\n\r\n" + String(repeating: "word \r\n", count: 300_000))
        #expect(message.text.utf8.count == 300_000 * 5 - 1)
    }

    @Test("Text that is full of zeros is a file, and text with a few of them is not")
    func zeros() {
        let file = read("Content-Type: text/plain\r\n\r\n" + String(repeating: "a\0", count: 50))
        #expect(file.text.isEmpty)
        #expect(file.attachments.first?.content.count == 100)
        let text = read("Content-Type: text/plain\r\n\r\nhello there, this is text\0 with a zero")
        #expect(text.text == "hello there, this is text with a zero")
        #expect(text.defects.contains(.nullCharacters))
    }
}
