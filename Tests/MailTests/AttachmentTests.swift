import Mail
import Testing

@Suite("Files in messages")
struct AttachmentTests {
    private func name(_ fields: String) -> String? {
        read("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\(fields)\r\n\r\nx\r\n--b--").attachments.first?
            .name
    }

    @Test(
        "Names are found wherever senders put them",
        arguments: [
            ("Content-Disposition: attachment; filename=\"a b.pdf\"", "a b.pdf"),
            ("Content-Disposition: attachment; filename=a b.pdf", "a b.pdf"),
            ("Content-Disposition: attachment; filename*=UTF-8''na%C3%AFve.pdf", "naïve.pdf"),
            ("Content-Disposition: attachment; filename=plain.pdf; filename*=UTF-8''na%C3%AFve.pdf", "naïve.pdf"),
            (
                "Content-Disposition: attachment; filename*0*=UTF-8''na%C3; filename*1*=%AFve; filename*2=.pdf",
                "naïve.pdf"
            ),
            ("Content-Disposition: attachment; filename*1=b.pdf; filename*0=a", "ab.pdf"),
            ("Content-Disposition: attachment; filename=\"=?utf-8?q?na=C3=AFve.pdf?=\"", "naïve.pdf"),
            ("Content-Disposition: attachment; filename=naïve.pdf", "naïve.pdf"),
            ("Content-Type: application/pdf; name=a.pdf", "a.pdf"),
            ("Content-Type: application/pdf;name=\"a.pdf\"; x=y", "a.pdf"),
            ("Content-Type: application/pdf", "attachment.pdf"),
            ("Content-Type: text/calendar", "invitation.ics"),
            ("Content-Type: image/png\r\nContent-Location: http://x.org/pic.png?v=1", "pic.png"),
            ("Content-Disposition: attachment; filename*=UTF-8''%", "%"),
            ("Content-Disposition: attachment; filename*99999999999999999999=a", "attachment.txt"),
        ])
    func names(fields: String, expected: String) {
        #expect(name(fields) == expected)
    }

    @Test(
        "Names that deceive or do harm are made safe",
        arguments: [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ada\\report.doc", "report.doc"),
            ("a\u{202E}fdp.exe", "afdp.exe"),
            ("a.exe. . .", "a.exe"),
            ("CON", "_CON"),
            ("nul.txt", "_nul.txt"),
            ("a<b>|c.txt", "abc.txt"),
            ("..", "attachment.txt"),
            ("/", "attachment.txt"),
            (String(repeating: "å", count: 300) + ".txt", String(repeating: "å", count: 125) + ".txt"),
        ])
    func safety(stated: String, expected: String) {
        let escaped = stated.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
        #expect(name("Content-Disposition: attachment; filename=\"\(escaped)\"") == expected)
    }

    @Test(
        "Transfer encodings are undone, however badly they were made",
        arguments: [
            ("base64", "aGVs\r\nbG8=", "hello"),
            ("BASE64", "aGVsbG8", "hello"),
            ("base64", "aGVs!!bG8===", "hello"),
            ("base64", "aGk=aGk=", "hihi"),
            ("quoted-printable", "a=3Db=\r\nc  \r\nd", "a=bc\r\nd"),
            ("quoted-printable", "a=3db=zz=", "a=b=zz"),
            ("x-uuencode", "begin 644 a\r\n%:&5L;&\\\r\n`\r\nend\r\n", "hello"),
            ("7bit; x", "a=3D", "a=3D"),
            ("no-such-thing", "a=3D", "a=3D"),
        ])
    func transferEncodings(encoding: String, body: String, expected: String) {
        let fields = "Content-Type: application/pdf\r\nContent-Transfer-Encoding: \(encoding)"
        let file = read("\(fields)\r\n\r\n\(body)").attachments.first
        #expect(file.map { String(decoding: $0.content, as: UTF8.self) } == expected)
    }

    @Test("A picture that the HTML shows is told from one that is only sent along")
    func inlinePictures() {
        let message = read(
            """
            Content-Type: multipart/related; boundary=b

            --b
            Content-Type: text/html

            <p>look <img src="cid:one@x"></p>
            --b
            Content-Type: image/png
            Content-ID: <one@x>

            1
            --b
            Content-Type: image/png
            Content-ID: <two@x>

            2
            --b--
            """)
        #expect(message.attachments.map(\.isShownInline) == [true, false])
        #expect(message.text == "look")
    }

    @Test("A boundary that begins like another does not end its part")
    func similarBoundaries() {
        let message = read(
            "Content-Type: multipart/mixed; boundary=ab\n\n--ab\nContent-Type: multipart/mixed; boundary=abc\n\n"
                + "--abc\n\none\n--abc\n\ntwo\n--abc--\n--ab \n\nthree\n--ab--\n\n--ab\n\nfour")
        #expect(message.text == "one\n\ntwo\n\nthree")
    }
}
