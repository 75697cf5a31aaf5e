extension HTML {
    /// What a person wrote, as paragraphs with their line breaks, addresses of pages made links.
    ///
    /// A link says nothing more than its own address, is not followed by search engines and hands over neither
    /// the page nor its address.
    public init(prose text: some StringProtocol) {
        let lines = Substring(text).split(omittingEmptySubsequences: false) { $0.isNewline }
        let paragraphs = lines.split { $0.allSatisfy(\.isWhitespace) }
        self = paragraphs.map { lines -> HTML in
            "<p dir=\"auto\">\(lines.map(Self.linked).joined(separator: "<br>"))</p>"
        }.joined()
    }

    private static func linked(_ line: Substring) -> HTML {
        var html = HTML()
        var rest = line
        while let start = rest.firstAddress {
            let address = rest[start...].prefix { !$0.isWhitespace && !"<>\"".contains($0) }
            // A sentence ends after an address more often than an address ends with a full stop.
            let end = address.lastIndex { !".,;:!?)]}'*_".contains($0) }.map(address.index(after:)) ?? address.endIndex
            html += HTML(text: rest[..<start])
            if let link = Link(address[..<end]) {
                html += "<a href=\"\(link)\" rel=\"noopener noreferrer nofollow\">\(address[..<end])</a>"
            } else {
                html += HTML(text: address[..<end])
            }
            rest = rest[end...]
        }
        return html + HTML(text: rest)
    }
}

extension Substring {
    /// Where the next `http://` or `https://` begins.
    fileprivate var firstAddress: Index? {
        var place = startIndex
        while place < endIndex, let start = self[place...].firstIndex(of: "h") {
            if self[start...].hasPrefix("https://") || self[start...].hasPrefix("http://") { return start }
            place = index(after: start)
        }
        return nil
    }
}
