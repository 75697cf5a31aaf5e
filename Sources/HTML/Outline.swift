extension HTML {
    /// A text that somebody wrote for others to look up: paragraphs, headings (`## `), lists (`- ` or `1. `), words set
    /// as they are typed (between grave accents), addresses of pages made links. Nothing else is markup.
    ///
    /// - Parameter level: the level of the text's highest heading on the page, 2 to 6.
    public init(outline text: some StringProtocol, headingsFrom level: Int = 2) {
        var outline = Outline(level: level)
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) { outline.read(line) }
        outline.close()
        self = outline.html
    }
}

/// Reads an outline line by line; what stands together is closed when something else begins.
private struct Outline {
    private enum Block { case paragraph, bullets, numbers }

    let level: Int
    private(set) var html = HTML()
    private var block: Block?
    private var lines: [HTML] = []

    init(level: Int) { self.level = level }

    mutating func read(_ line: some StringProtocol) {
        let text = line.drop { $0 == " " || $0 == "\t" }
        if text.isEmpty { return close() }
        if let heading = text.heading { return show(heading) }
        if let item = text.bulletItem { return add(item, to: .bullets) }
        if let item = text.numberedItem { return add(item, to: .numbers) }
        // A line under an item goes on with it; any other begins a paragraph or goes on with one.
        if block != nil, let last = lines.popLast() {
            lines.append(last + "<br>" + HTML(inline: text))
        } else {
            add(text, to: .paragraph)
        }
    }

    mutating func close() {
        let items = lines
        switch block {
        case .paragraph: html += "<p dir=\"auto\">\(items)</p>"
        case .bullets: html += "<ul>\(items.map { "<li dir=\"auto\">\($0)</li>" as HTML })</ul>"
        case .numbers: html += "<ol>\(items.map { "<li dir=\"auto\">\($0)</li>" as HTML })</ol>"
        case nil: break
        }
        (block, lines) = (nil, [])
    }

    private mutating func add(_ text: some StringProtocol, to kind: Block) {
        if block != kind || kind == .paragraph { close() }
        block = kind
        lines.append(HTML(inline: text))
    }

    private mutating func show(_ text: some StringProtocol) {
        close()
        html +=
            level <= 2 ? "<h2 dir=\"auto\">\(HTML(inline: text))</h2>" : "<h3 dir=\"auto\">\(HTML(inline: text))</h3>"
    }
}

extension HTML {
    /// One line: words between grave accents as they are typed, the rest as prose.
    fileprivate init(inline line: some StringProtocol) {
        let pieces = line.split(separator: "`", omittingEmptySubsequences: false)
        // An accent without its fellow is an accent.
        guard pieces.count.isMultiple(of: 2) == false else {
            self.init(proseLine: line)
            return
        }
        self = pieces.enumerated().map { index, piece -> HTML in
            index.isMultiple(of: 2) ? HTML(proseLine: piece) : "<code>\(piece)</code>"
        }.joined()
    }
}

extension StringProtocol {
    fileprivate var heading: SubSequence? {
        let marks = prefix { $0 == "#" }.count
        guard (1...6).contains(marks), dropFirst(marks).first == " " else { return nil }
        return dropFirst(marks + 1)
    }

    fileprivate var bulletItem: SubSequence? {
        guard let first, "-*•".contains(first), dropFirst().first == " " else { return nil }
        return dropFirst(2)
    }

    fileprivate var numberedItem: SubSequence? {
        let digits = prefix { $0.isASCII && $0.isNumber }.count
        guard (1...3).contains(digits), let mark = dropFirst(digits).first, mark == "." || mark == ")",
            dropFirst(digits + 1).first == " "
        else { return nil }
        return dropFirst(digits + 2)
    }
}
