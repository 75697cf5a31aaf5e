import Testing

/// The HTML of a letter as a mail program meets it.
struct LetterMarkup {
    let html: String

    init(_ html: String) { self.html = html }

    /// What stands between angle brackets.
    var tags: [Substring] {
        html.split(separator: "<").dropFirst(html.hasPrefix("<") ? 0 : 1).map { $0.prefix { $0 != ">" } }
    }

    /// Every element that letters are made of; anything else came in with what somebody wrote.
    private static let known: Set<String> = [
        "!DOCTYPE", "html", "head", "meta", "title", "body", "table", "tr", "td", "p", "h1", "blockquote", "div", "a",
        "strong", "br",
    ]

    /// Checks that it holds the words as text, nothing but its own elements, and nothing that is fetched or that runs.
    func check(holding words: String, _ place: String) {
        #expect(html.contains(words), "\(place)")
        for tag in tags {
            let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber || $0 == "!" }
            #expect(Self.known.contains(String(name)), "<\(tag)> in \(place)")
            let attributes = tag.split(separator: " ").compactMap { $0.contains("=") ? $0.prefix { $0 != "=" } : nil }
            #expect(!attributes.contains { $0.hasPrefix("on") || $0 == "src" || $0 == "background" }, "<\(tag)>")
        }
        for piece in ["url(", "@import", "<style", "cid:"] { #expect(!html.contains(piece), "\(piece) in \(place)") }
        #expect(html.contains("max-width:600px") && html.contains("color-scheme"), "\(place)")
    }
}
