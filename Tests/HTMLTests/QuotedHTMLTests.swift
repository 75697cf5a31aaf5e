import HTML
import Testing

@Suite("Older messages in a mail's HTML are folded")
struct QuotedHTMLTests {
    /// As the frame shows it: made safe when it comes, and again when it is shown.
    private func folded(_ html: String) -> String {
        let kept = SafeHTML.clean(html).markup
        #expect(SafeHTML.clean(kept).markup == kept)
        return QuotedHTML.folded(SafeHTML.clean(kept), words: "Older", language: "en").markup
    }

    private static let opening = "<details class=\"mail-quotation\"><summary lang=\"en\">Older</summary>"

    @Test(
        "What mail programs repeat is folded, and what was written is not",
        arguments: [
            "<p>Mine</p><blockquote type=\"cite\"><p>Theirs</p></blockquote>",
            "<div>Mine<br><div class=\"gmail_quote gmail_quote_container\"><div class=\"gmail_attr\">On Monday:</div>"
                + "<blockquote class=\"gmail_quote\">Theirs</blockquote></div></div>",
            "<div class=\"yahoo_quoted\" id=\"yahoo_quoted_1\">Theirs</div><p>Mine</p>",
            "<p>Mine</p><div class=\"protonmail_quote\">Theirs<blockquote>Theirs</blockquote></div>",
            "<div class=WordSection1><p>Mine</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;"
                + "padding:3.0pt 0in 0in 0in'><p><b>Från:</b> Theirs</p></div></div><p>Theirs</p></div>",
            "<p>Mine</p><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>From:</b> Theirs"
                + "</div><div>Theirs</div>",
            "<p>Mine</p><div id=\"mail-editor-reference-message-container\"><div>Theirs</div></div>",
            "<p>Mine</p><p>-----Original Message-----<br>Theirs</p><p>Theirs</p>",
            "<p>Mine</p><div>-----Ursprungligt meddelande-----</div>Theirs",
            "<p>Mine</p><div>-----Opprinnelig melding-----</div>Theirs",
            "<p>Mine</p><div>-----Oorspronkelijk bericht-----</div>Theirs",
            "<p>Mine</p><div>-----Oryginalna wiadomość-----</div>Theirs",
            "<table><tr><td>Mine</td><td><font>Mine</font><div>---- Original Message ----</div>"
                + "Theirs</td></tr></table>Theirs",
        ])
    func folds(html: String) throws {
        let page = folded(html)
        let start = try #require(page.firstRange(of: Self.opening), "\(page)")
        let end = try #require(page.firstRange(of: "</details>"), "\(page)")
        #expect(!page[..<start.lowerBound].contains("Theirs") && !page[end.upperBound...].contains("Theirs"), "\(page)")
        #expect(!page[start.upperBound..<end.lowerBound].contains("Mine"), "\(page)")
        #expect(page.ranges(of: "Theirs").count == html.ranges(of: "Theirs").count)
        #expect(page.ranges(of: Self.opening).count == 1)
        #expect(Self.isBalanced(page), "\(page)")
    }

    /// Whether each element ends before the one around it does.
    private static func isBalanced(_ page: String) -> Bool {
        var open: [Substring] = []
        for piece in page.split(separator: "<").dropFirst(page.hasPrefix("<") ? 0 : 1) {
            let name = piece.prefix { $0 != " " && $0 != ">" }
            if name.hasPrefix("/") {
                if open.popLast() != name.dropFirst() { return false }
            } else if !["br", "hr", "img", "col", "wbr"].contains(name) {
                open.append(name)
            }
        }
        return open.isEmpty
    }

    @Test(
        "Answers between the lines, what is passed on, and mail with nothing else are shown whole",
        arguments: [
            "<blockquote>one?</blockquote><p>Yes.</p><blockquote>two?</blockquote><p>No.</p>",
            "<blockquote>All there is</blockquote>", "<p>No quotation</p>", "",
            "<p>See below</p><div class=\"gmail_quote\"><div>---------- Forwarded message ---------</div>"
                + "Read this</div>",
            "<div style=\"border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0 0 0\">From: nobody wrote above</div><p>x</p>",
            "<p>-- - dashes - --</p><p>---- and so on ----</p>",
        ])
    func whole(html: String) {
        #expect(!folded(html).contains("<details"), "\(folded(html))")
    }

    @Test("What is put in is not taken from the mail")
    func foreign() {
        let page = folded("<details open><summary>x</summary>y</details><p class='mail-quotation'>z</p>")
        #expect(page == "xy<p>z</p>")
    }

    @Test("A page of quotations alone, and one of the deepest, take one pass")
    func hostile() {
        for piece in [
            "<blockquote>x", "<blockquote>x</blockquote>", "<div class=gmail_quote>", "<p>-----Original Message-----",
        ] {
            let page = folded("mine " + String(repeating: piece, count: 300_000 / piece.utf8.count))
            #expect(page.utf8.count < 4_000_000)
        }
    }
}
