import Mail
import Testing

@Suite("What a message says")
struct BodyTests {
    private func html(_ source: String) -> String {
        read("Content-Type: text/html; charset=utf-8\r\n\r\n\(source)").text
    }

    @Test(
        "HTML becomes text that can be read",
        arguments: [
            ("<p>one</p><p>two</p>", "one\n\ntwo"),
            ("one<br>two<br/><br>three", "one\ntwo\n\nthree"),
            ("<div>one</div><div>two</div>", "one\ntwo"),
            ("a   b\n c", "a b c"),
            ("<ul><li>one<li>two</ul>", "- one\n- two"),
            ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
            ("<a href=\"https://x.org/\">here</a>", "here <https://x.org/>"),
            ("<a href=\"https://x.org/\">https://x.org</a>", "https://x.org"),
            ("<a href=\"mailto:a@b.org\">a@b.org</a>", "a@b.org"),
            ("<a href=\"javascript:x()\">here</a>", "here"),
            ("<blockquote>said<blockquote>before</blockquote></blockquote>answer", "> said\n> >\n> > before\n\nanswer"),
            ("<style>p{}</style><script>x<y</script><title>t</title>text<!-- no <b> -->", "text"),
            (
                "&lt;b&gt; &amp; &eacute;&#8217;&#x20AC;&#146;&nbsp;&bogus; &#0;&#99999999;",
                "<b> & é’€’ &bogus; \u{FFFD}\u{FFFD}"
            ),
            ("<pre>a\n  b</pre>", "a\n  b"),
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
            ("<img alt=\"a cat\" src=x> 1 < 2", "a cat 1 < 2"),
            ("<a title=\"a>b\">text</a>", "text"),
            ("<p>open <b", "open <b"),
        ])
    func htmlToText(source: String, expected: String) {
        #expect(html(source) == expected)
    }

    @Test("Of alternatives the plain text is read and the HTML kept")
    func alternatives() {
        let message = read(
            "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nplain\n--b\nContent-Type: text/html\n\n"
                + "<p>rich</p>\n--b--"
        )
        #expect(message.text == "plain")
        #expect(message.html == "<p>rich</p>")
    }

    @Test("An empty plain alternative does not hide the HTML")
    func emptyAlternative() {
        let message = read(
            "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n  \n--b\nContent-Type: text/html\n\n"
                + "<p>rich</p>\n--b--"
        )
        #expect(message.text == "rich")
    }

    @Test("Texts around a picture are all read, in both forms")
    func mixed() {
        let message = read(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none & two\n--b\nContent-Type: image/png\n\nx\n--b\n"
                + "Content-Type: text/html\n\n<p>three</p>\n--b--")
        #expect(message.text == "one & two\n\nthree")
        #expect(message.html == "<pre>one &amp; two</pre>\n<p>three</p>")
        #expect(message.attachments.map(\.name) == ["image.png"])
    }

    @Test("Flowed paragraphs are joined, quotations and signatures left apart")
    func flowed() {
        let message = read(
            "Content-Type: text/plain; format=flowed; delsp=no\n\nA long \nline.\n> quoted \n> on\n-- \nAda \nL")
        #expect(message.text == "A long line.\n> quoted on\n-- \nAda L")
        let chinese = read("Content-Type: text/plain; format=flowed; delsp=yes; charset=utf-8\n\n中 \n文")
        #expect(chinese.text == "中文")
    }

    @Test("A multipart without its boundary parameter is read by the boundary that it uses")
    func guessedBoundary() {
        let message = read("Content-Type: multipart/mixed\n\n--xyz\nContent-Type: text/plain\n\nhello\n--xyz--\n")
        #expect(message.text == "hello")
        #expect(message.defects.contains(.boundaryMissing))
    }

    @Test("A multipart that is encoded as a whole is decoded first")
    func encodedMultipart() {
        let body = "LS1iDQoNCmhlbGxvDQotLWItLQ0K"
        let message = read("Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n\(body)")
        #expect(message.text == "hello")
    }
}
