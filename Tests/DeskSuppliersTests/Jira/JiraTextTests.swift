import Desk
import DeskSuppliers
import JSON
import Testing

@Suite("Texts in Jira")
struct JiraTextTests {
    @Test(
        "A text comes back as it was written, and no node of it is empty",
        arguments: [
            ("One line.", "One line."), ("Two\nlines.", "Two\nlines."), ("Two\n\nparagraphs.", "Two\n\nparagraphs."),
            ("\n\n\nMuch\n \n\t\nair.\n\n", "Much\n\nair."), ("Windows\r\nends.", "Windows\nends."), (" \n ", ""),
            ("", ""),
        ])
    func cloud(text: String, back: String) {
        let json = JiraText.json(of: text, for: .cloud)
        #expect(json["type"] == "doc" && json["version"] == 1)
        #expect(!json.text.contains(#""text":"""#))
        #expect(JiraText.text(of: json) == back)
    }

    @Test("Elsewhere it is written as it is")
    func dataCenter() {
        #expect(JiraText.json(of: "a\n\n\nb", for: .dataCenter) == "a\n\n\nb")
        #expect(JiraText.text(of: "a\n\n\nb") == "a\n\n\nb")
    }

    @Test("What is longer than Jira takes is cut", arguments: [true, false])
    func long(isCloud: Bool) {
        let json = JiraText.json(of: String(repeating: "x", count: 40_000), for: isCloud ? .cloud : .dataCenter)
        let text = JiraText.text(of: json)
        #expect(text.count == 32_767 && text.hasSuffix("x…"))
    }

    @Test(
        "What people put into a comment is read as text",
        arguments: [
            (#"{"type":"mention","attrs":{"id":"1","text":"@Nora"}}"#, "@Nora"),
            (#"{"type":"emoji","attrs":{"shortName":":ok:"}}"#, ":ok:"),
            (#"{"type":"inlineCard","attrs":{"url":"https://a.example"}}"#, "https://a.example"),
            (
                #"{"type":"text","text":"here","marks":[{"type":"link","attrs":{"href":"https://a.example"}}]}"#,
                "here (https://a.example)"
            ),
            (#"{"type":"somethingNew","content":[{"type":"text","text":"inside"}]}"#, "inside"),
        ])
    func inline(node: String, text: String) throws {
        let json = try JSON.parse(#"{"type":"doc","content":[{"type":"paragraph","content":[\#(node)]}]}"#.utf8)
        #expect(JiraText.text(of: json) == text)
    }

    @Test("Lists, tables, quotes and panels keep their lines")
    func blocks() throws {
        func paragraph(_ text: String) -> String {
            #"{"type":"paragraph","content":[{"type":"text","text":"\#(text)"}]}"#
        }
        let json = try JSON.parse(
            """
            {"type":"doc","content":[
              {"type":"bulletList","content":[{"type":"listItem","content":[\(paragraph("one"))]},
                {"type":"listItem","content":[\(paragraph("two"))]}]},
              {"type":"orderedList","attrs":{"order":3},"content":[{"type":"listItem","content":[\(paragraph("c"))]}]},
              {"type":"panel","content":[\(paragraph("Mind."))]},
              {"type":"blockquote","content":[\(paragraph("said"))]},
              {"type":"table","content":[{"type":"tableRow","content":[
                {"type":"tableCell","content":[\(paragraph("a"))]},
                {"type":"tableCell","content":[\(paragraph("b"))]}]}]},
              {"type":"mediaSingle","content":[{"type":"media","attrs":{"alt":"photo.jpg"}}]}]}
            """.utf8)
        #expect(JiraText.text(of: json) == "- one\n- two\n\n3. c\n\nMind.\n\n> said\n\na | b\n\n[photo.jpg]")
    }
}
