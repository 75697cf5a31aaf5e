import HTML
import SeedTestSupport
import Testing

@Suite("Writing pages")
struct HTMLTests {
    @Test("Text is shown as it is, whatever it contains")
    func text() {
        let subject = "<script>alert('1' & \"2\")</script>"
        let html: HTML = "<p>\(subject)</p>"
        #expect(html.markup == "<p>&lt;script&gt;alert(&#39;1&#39; &amp; &quot;2&quot;)&lt;/script&gt;</p>")
    }

    @Test("Text cannot leave the quoted attribute it stands in")
    func attributes() {
        let value = #"" onfocus="alert(1)" x='"#
        let html: HTML = #"<input value="\#(value)" title='\#(value)'>"#
        let escaped = "&quot; onfocus=&quot;alert(1)&quot; x=&#39;"
        #expect(html.markup == #"<input value="\#(escaped)" title='\#(escaped)'>"#)
    }

    @Test("Control characters show as replacement characters, line ends and tabs stay")
    func controls() {
        #expect(HTML(text: "a\u{0}b\u{8}\u{7f}\t\r\nå").markup == "a\u{FFFD}b\u{FFFD}\u{FFFD}\t\r\nå")
    }

    @Test("Pieces, lists of pieces and pieces that may be missing go in as they are")
    func composition() {
        let items = ["a", "<b>"].map { item -> HTML in "<li>\(item)</li>" }
        let none: HTML? = nil
        let name: String? = "x"
        let html: HTML = "<ul>\(items)</ul>\(none)\(name)\(HTML(raw: "<hr>"))\(3)"
        #expect(html.markup == "<ul><li>a</li><li>&lt;b&gt;</li></ul>x<hr>3")
        #expect(items.joined(separator: ", ").markup == "<li>a</li>, <li>&lt;b&gt;</li>")
        #expect((html + "<p></p>").markup.hasSuffix("<hr>3<p></p>"))
    }

    @Test("Whole attributes are there or not")
    func wholeAttributes() {
        let absent: String? = nil
        let html: HTML = """
            <option\(attribute: "value", "a\"b")\(attribute: "lang", absent)\(attribute: "selected", true) disabled\
            \(attribute: "hidden", false)\(attribute: "data-n", 4)>x</option>
            """
        #expect(html.markup == "<option value=\"a&quot;b\" selected disabled data-n=\"4\">x</option>")
    }

    @Test("What someone else vouches for goes in unchanged")
    func raw() {
        let html: HTML = "<div>\(raw: "<b>&amp;</b>")</div>"
        #expect(html.markup == "<div><b>&amp;</b></div>")
    }

    @Test("A link goes into an address attribute, escaped")
    func links() {
        let link: Link = "/search?q=\("a&b c/\"")&page=\(2)"
        let html: HTML = "<a class=\"x\" href=\"\(link)\">\(link)</a><form\(attribute: "action", link)>"
        let escaped = "/search?q=a%26b%20c%2F%22&amp;page=2"
        #expect(html.markup == "<a class=\"x\" href=\"\(escaped)\">\(escaped)</a><form action=\"\(escaped)\">")
    }

    @Test("A thousand pieces of hostile text leave the page's own tags as they were", arguments: [UInt64(1), 2, 3])
    func hostile(seed: UInt64) {
        var generator = Seed(seed)
        let letters = Array("<>\"'&=/ a!-`\u{0}\n;script")
        for _ in 0..<1000 {
            let text = String((0..<12).map { _ in letters.randomElement(using: &generator) ?? "x" })
            let html: HTML = "<p title=\"\(text)\">\(text)</p>"
            let shape = html.markup.filter { "<>\"'".contains($0) }
            #expect(shape == "<\"\"><>", "seed \(seed), text \(text)")
        }
    }
}
