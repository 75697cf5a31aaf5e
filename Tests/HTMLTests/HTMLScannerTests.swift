import Testing

@testable import HTML

@Suite("Where a value may stand")
struct HTMLScannerTests {
    private func scanner(after literal: String) -> HTMLScanner {
        var scanner = HTMLScanner()
        scanner.read(literal)
        return scanner
    }

    @Test(
        "Text may stand between tags and in quoted attributes",
        arguments: [
            "", "<p>", "<!doctype html><p>", "<input value=\"", "<input value='", "<p title=\"a>b ", "<br/>",
            "<p hidden>",
            "<!-- a > b --><p>", "<script src=\"/x.js\"></script>", "<style>a > b {}</STYLE>",
            "<a href=\"/x\" title=\"",
            "<svg viewBox=\"0 0 1 1\"><text x=\"", "a < b ", "<input\n  name=\"",
        ])
    func text(literal: String) {
        #expect(scanner(after: literal).admitsText)
    }

    @Test(
        "Text may not stand where it could become an address or a program",
        arguments: [
            "<a href=\"", "<a HREF='", "<img src=\"/x/", "<form action=\"", "<button formaction=\"", "<p onclick=\"",
            "<p style=\"", "<iframe srcdoc=\"", "<p title=", "<p ", "<", "<p", "<script>", "<script>if (a < b) ",
            "<style>p ",
            "<!-- ", "<input value=a", "<object data=\"", "<img srcset=\"",
        ])
    func noText(literal: String) {
        #expect(!scanner(after: literal).admitsText)
    }

    @Test("A link may stand where text may, and in address attributes, but not in programs")
    func links() {
        #expect(scanner(after: "<a href=\"").admitsLink)
        #expect(scanner(after: "<a href=\"\" title='").admitsLink)
        #expect(!scanner(after: "<p onclick=\"").admitsLink)
        #expect(!scanner(after: "<script>").admitsLink)
    }

    @Test("Markup may stand only between tags")
    func markup() {
        #expect(scanner(after: "<p>").admitsMarkup)
        #expect(!scanner(after: "<p title=\"").admitsMarkup)
        #expect(!scanner(after: "<p ").admitsMarkup)
    }

    @Test("A whole attribute may stand inside a tag, after its name or another attribute")
    func attributes() {
        for literal in ["<p", "<p ", "<p hidden", "<p class=\"a\""] { #expect(scanner(after: literal).admitsAttribute) }
        for literal in ["", "<p>", "<p class=", "<p class=\"", "<!-- "] {
            #expect(!scanner(after: literal).admitsAttribute)
        }
    }
}
