import Testing

@testable import HTML

@Suite("Texts to look up, as markup")
struct OutlineTests {
    @Test("Paragraphs, headings, lists, words as typed and addresses are shown as such")
    func shapes() {
        let text = """
            First line
            second line

            ## Heading
            - one
            - two with `ls -l`
              and more

            1. first
            2) second at https://desk.example/a.
            """
        #expect(
            HTML(outline: text).markup
                == "<p dir=\"auto\">First line<br>second line</p><h2 dir=\"auto\">Heading</h2>"
                + "<ul><li dir=\"auto\">one</li><li dir=\"auto\">two with <code>ls -l</code><br>and more</li></ul>"
                + "<ol><li dir=\"auto\">first</li><li dir=\"auto\">second at "
                + "<a href=\"https://desk.example/a\" rel=\"noopener noreferrer nofollow\">https://desk.example/a</a>."
                + "</li></ol>")
    }

    @Test(
        "Markup that somebody types is text, wherever it stands",
        arguments: [
            "<script>x</script>", "## <b>", "- <img src=x>", "`<i>`", "1. \"><a>", "a ` b <", "`` `<x>` `",
        ])
    func escapes(text: String) {
        let known = ["p", "h2", "ul", "ol", "li", "code", "br", "a"]
        for tag in HTML(outline: text).markup.split(separator: "<").dropFirst() {
            let name = tag.prefix { $0.isLetter || $0.isNumber || $0 == "/" }.drop { $0 == "/" }
            #expect(known.contains(String(name)), "\(text): \(tag)")
        }
        #expect(!HTML(outline: text).markup.contains("<a>"))
    }

    @Test("What only looks like a list or a heading is a paragraph")
    func lookalikes() {
        for text in ["-5 degrees", "#hash", "2026. was", "1.5 litres", "####### seven", "-", "#"] {
            #expect(HTML(outline: text).markup == "<p dir=\"auto\">\(text)</p>")
        }
        #expect(HTML(outline: " \n\n ").isEmpty)
    }
}
