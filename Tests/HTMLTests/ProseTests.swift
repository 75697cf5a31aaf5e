import HTML
import Testing

@Suite("What people write")
struct ProseTests {
    @Test("Blank lines part paragraphs, others break lines")
    func paragraphs() {
        let html = HTML(prose: "\r\nHello\r\nthere <b>\n\n  \nBye\n")
        #expect(html.markup == "<p dir=\"auto\">Hello<br>there &lt;b&gt;</p><p dir=\"auto\">Bye</p>")
    }

    @Test("Addresses of pages become links, without the full stop after them")
    func links() {
        let html = HTML(prose: "See https://a.example/x?y=1&z=2. (http://b.example) hh http:// javascript:x")
        #expect(
            html.markup == """
                <p dir="auto">See <a href="https://a.example/x?y=1&amp;z=2" rel="noopener noreferrer nofollow">\
                https://a.example/x?y=1&amp;z=2</a>. (<a href="http://b.example" rel="noopener noreferrer nofollow">\
                http://b.example</a>) hh http:// javascript:x</p>
                """)
    }

    @Test("An address cannot carry an attribute along")
    func hostile() {
        let html = HTML(prose: "https://a.example/\"onclick=\"alert(1) https://b'><script>")
        #expect(!html.markup.contains("onclick=\"alert"))
        #expect(!html.markup.contains("<script"))
    }

    @Test("Nothing gives nothing")
    func empty() {
        #expect(HTML(prose: " \n ").isEmpty)
    }
}
