/// Derives readable text from HTML: blocks become lines, links are followed by their address, quotations are marked
/// with `>`. It does not judge the HTML; what is shown as HTML must be sanitised elsewhere.
struct HTMLText {
    /// Elements that begin and end a line, and those with an empty line around them.
    private static let blocks: Set<String> = [
        "div", "tr", "li", "dt", "dd", "section", "article", "header", "footer", "address", "center", "form",
        "fieldset",
        "figure", "figcaption", "nav", "aside", "main", "caption", "option", "body", "html", "head", "thead", "tbody",
    ]
    private static let paragraphs: Set<String> = [
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "hr",
    ]
    /// Deeper quotations and lists are shown at this depth, so that the text cannot grow beyond its source.
    private static let depthLimit = 10

    private var output = ""
    private var line = ""
    private var emptyLinesDue = 0
    private var hasSpaceDue = false
    private var quoteDepth = 0
    private var preDepth = 0
    /// For each open list, the number of its next item; nil for lists with dots.
    private var lists: [Int?] = []
    private var links: [(address: String, start: Int)] = []
    private var letters = 0

    /// The text of the HTML, lines ending with a line feed.
    static func render(_ html: String) -> String {
        var text = HTMLText()
        for token in HTMLTokens(html) {
            switch token {
            case .text(let bytes): text.append(bytes)
            case .open(let name, let attributes): text.open(name, attributes)
            case .close(let name): text.close(name)
            }
        }
        text.endLine()
        return text.output.trimmed
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        let text = HTMLEntities.decode(bytes)
        if preDepth > 0 {
            let lines = text.replacingLineEnds.split(separator: "\n", omittingEmptySubsequences: false)
            for (index, part) in lines.enumerated() {
                if index > 0 { endLine(force: true) }
                add(part)
            }
            return
        }
        var word = Substring.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case " ", "\n", "\t", "\r", "\u{0C}":
                if !word.isEmpty { add(Substring(word)) }
                word = Substring.UnicodeScalarView()
                hasSpaceDue = true
            case "\u{A0}": word.append(" ")
            case "\u{AD}", "\u{200B}", "\u{200C}", "\u{2060}", "\u{FEFF}", "\u{034F}": continue
            default: word.append(scalar)
            }
        }
        if !word.isEmpty { add(Substring(word)) }
    }

    private mutating func add(_ text: Substring) {
        if hasSpaceDue, !line.isEmpty, !line.hasSuffix(" ") { line += " " }
        hasSpaceDue = false
        line += text
        letters += text.utf8.count
    }

    /// Ends the line if there is anything on it, or, if `force`, also if there is not.
    private mutating func endLine(force: Bool = false) {
        hasSpaceDue = false
        let content = line.trimmedAtEnd
        line = ""
        guard !content.isEmpty || force else { return }
        let prefix = String(repeating: "> ", count: min(quoteDepth, Self.depthLimit))
        if emptyLinesDue > 0, !output.isEmpty { output += prefix.trimmedAtEnd + "\n" }
        emptyLinesDue = 0
        output += (content.isEmpty ? prefix.trimmedAtEnd : prefix + content) + "\n"
    }

    private mutating func open(_ name: String, _ attributes: ArraySlice<UInt8>) {
        switch name {
        case "br": endLine(force: true)
        case "td", "th": hasSpaceDue = true
        case "img":
            if let alt = HTMLTokens.attribute("alt", in: attributes), !alt.trimmed.isEmpty {
                add(Substring(alt.singleLine))
            }
        case "a": links.append((HTMLTokens.attribute("href", in: attributes) ?? "", letters))
        default: break
        }
        guard Self.blocks.contains(name) || Self.paragraphs.contains(name) else { return }
        endLine()
        if Self.paragraphs.contains(name), name != "ul" && name != "ol" || lists.isEmpty { emptyLinesDue = 1 }
        switch name {
        case "blockquote": quoteDepth += 1
        case "pre": preDepth += 1
        case "ul": lists.append(nil)
        case "ol": lists.append(1)
        case "li": beginItem()
        case "hr":
            line = "----------"
            endLine()
        default: break
        }
    }

    private mutating func beginItem() {
        let depth = min(max(lists.count - 1, 0), Self.depthLimit)
        line = String(repeating: "  ", count: depth)
        if let number = lists.last ?? nil {
            line += "\(number). "
            lists[lists.count - 1] = number &+ 1
        } else {
            line += "- "
        }
    }

    private mutating func close(_ name: String) {
        if name == "a" { closeLink() }
        guard Self.blocks.contains(name) || Self.paragraphs.contains(name) else { return }
        endLine()
        switch name {
        case "blockquote": quoteDepth = max(0, quoteDepth - 1)
        case "pre": preDepth = max(0, preDepth - 1)
        case "ul", "ol": _ = lists.popLast()
        default: break
        }
        if Self.paragraphs.contains(name), name != "ul" && name != "ol" || lists.isEmpty { emptyLinesDue = 1 }
    }

    /// Puts the address behind the text of a link, unless the text says it already.
    private mutating func closeLink() {
        guard let (address, start) = links.popLast() else { return }
        let target = address.singleLine
        let isWorthwhile = ["http://", "https://", "mailto:", "tel:"].contains { target.lowercased().hasPrefix($0) }
        guard isWorthwhile, target.utf8.count <= 2_000, letters > start else { return }
        let bare = target.drop { $0 != ":" }.drop { $0 == ":" || $0 == "/" }
        guard !line.hasSuffix(target), !line.hasSuffix(bare.hasSuffix("/") ? bare.dropLast() : bare) else { return }
        hasSpaceDue = true
        add("<\(target)>")
    }
}
