import Mail
import SeedTestSupport
import Testing

@Suite("Files that are uuencoded in a text")
struct UuencodedFilesTests {
    /// The lines of a file as `uuencode` writes them, with blanks or backquotes for zeros.
    private func lines(_ content: [UInt8], zero: UInt8 = 96) -> [String] {
        func letter(_ bits: Int) -> UInt8 { bits & 63 == 0 ? zero : UInt8(bits & 63) + 32 }
        return stride(from: 0, to: content.count, by: 45).map { start in
            let line = Array(content[start..<min(start + 45, content.count)])
            var letters = [letter(line.count)]
            for place in stride(from: 0, to: line.count, by: 3) {
                let bits = (0..<3).reduce(0) { $0 << 8 | (place + $1 < line.count ? Int(line[place + $1]) : 0) }
                letters += [letter(bits >> 18), letter(bits >> 12), letter(bits >> 6), letter(bits)]
            }
            return String(decoding: letters, as: UTF8.self)
        }
    }

    private func file(_ content: [UInt8], zero: UInt8 = 96, name: String = "Rapport 1.pdf", end: String = "`\nend\n")
        -> String
    {
        "begin 644 \(name)\n" + lines(content, zero: zero).map { $0 + "\n" }.joined() + end
    }

    private let content = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) } + [0, 0, 0, 0, 0, 0]

    @Test("A file becomes an attachment, and the words around it are what is left to read")
    func taken() {
        let message = read("Content-Type: text/plain\n\nHere it is:\n\n\(file(content))\nRegards\n")
        #expect(message.text == "Here it is:\n\n\nRegards")
        #expect(message.attachments.map(\.name) == ["Rapport 1.pdf"])
        #expect(message.attachments.map(\.type) == ["application/pdf"])
        #expect(message.attachments.map(\.content) == [content])
    }

    @Test("Several files, one after another and none with words, are several attachments")
    func several() {
        let message = read(
            "\n" + file([1, 2, 3], name: "a.png") + file([], name: "b") + file([4], name: "../c\\d.txt"))
        #expect(message.text.isEmpty)
        #expect(message.attachments.map(\.name) == ["a.png", "b", "d.txt"])
        #expect(message.attachments.map(\.type) == ["image/png", "application/octet-stream", "text/plain"])
        #expect(message.attachments.map(\.content) == [[1, 2, 3], [], [4]])
    }

    @Test(
        "What transport does to a file does not keep it from being read",
        arguments: [
            "blanks for zeros", "blanks lost", "blanks added", "CRLF", "no end", "no line before the end", "a checksum",
            "quoted-printable",
        ])
    func spoilt(how: String) {
        var text = file(content, zero: how.hasPrefix("blanks") ? 32 : 96)
        switch how {
        case "blanks lost":
            text = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                String(line.reversed().drop { $0 == " " }.reversed())
            }.joined(separator: "\n")
        case "blanks added":
            text = text.replacing("\n", with: String(repeating: " ", count: 20) + "\n")
        case "CRLF": text = text.replacing("\n", with: "\r\n")
        case "no end": text = file(content, end: "\nRegards")
        case "no line before the end": text = file(content, end: "end\n")
        case "a checksum": text = "begin 0644 Rapport 1.pdf\n" + lines(content).map { $0 + "X\n" }.joined() + "`\nend\n"
        case "quoted-printable":
            text = text.replacing("=", with: "=3D")
            text = "Content-Transfer-Encoding: quoted-printable\n\n" + text
        default: break
        }
        let message = read(how == "quoted-printable" ? text : "\n" + text)
        #expect(message.attachments.map(\.content) == [content])
        #expect(message.text == (how == "no end" ? "Regards" : ""))
    }

    @Test(
        "Words that begin like a file stay words",
        arguments: [
            "begin 644 words\nof which nothing follows", "begin at 9\nend at 10", "begin 644 x\n\nend",
            "begin 644 WORK\nHELLO THERE, THIS IS A TEXT IN CAPITALS.\nEND", "begin 999 x\n#AAAA\nend",
            "  begin 644 x\n#0V%T\n`\nend", "> begin 644 cat.txt\n> #0V%T\n> `\n> end", "begin 644", "begin 644 x\nend",
            "begin transaction\n`\nend", "begin 644 cat.txt\n#0V%T\nand so on", "xbegin 644 cat.txt\n#0V%T\n`\nend",
        ])
    func words(text: String) {
        let message = read("Content-Type: text/plain\n\n\(text)")
        #expect(message.text == text)
        #expect(message.attachments.isEmpty)
    }

    @Test("A small mail cannot make a huge file of blanks that are said to be lost")
    func growth() {
        let text = "\n" + file([1, 2, 3], end: "") + String(repeating: "M\n", count: 20_000) + "`\nend\n"
        let message = read(text)
        #expect(message.attachments.reduce(0) { $0 + $1.content.count } <= 5 * text.utf8.count)
    }

    @Test("Twenty thousand beginnings without a file are passed over in one pass")
    func beginnings() {
        let text = String(repeating: "begin 644 x\n#0V%T\n", count: 20_000)
        let message = read("\n\(text)")
        #expect(message.text.utf8.count == text.utf8.count - 1)
        #expect(message.attachments.isEmpty)
    }

    @Test("A winmail.dat that came so is opened all the same, and what is none is kept")
    func nested() {
        let message = read("\n" + file(Array("no such thing".utf8), name: "winmail.dat"))
        #expect(message.attachments.map(\.name) == ["winmail.dat"])
    }
}
