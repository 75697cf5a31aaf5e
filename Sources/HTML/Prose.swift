extension HTML {
    /// What a person wrote, as paragraphs with their line breaks, addresses of pages made links.
    ///
    /// A link says nothing more than its own address, is not followed by search engines and hands over neither
    /// the page nor its address.
    public init(prose text: some StringProtocol) {
        let lines = Substring(text).lines
        let paragraphs = lines.split { $0.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
        self = paragraphs.map { lines -> HTML in
            "<p dir=\"auto\">\(lines.map(Self.linked).joined(separator: "<br>"))</p>"
        }.joined()
    }

    /// One line of what a person wrote, addresses of pages made links.
    init(proseLine line: some StringProtocol) { self = Self.linked(Substring(line)) }

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

// Both look at bytes, because a long thread of mails is read on every view of its page.
extension Substring {
    /// The lines between CR LF, LF or CR.
    fileprivate var lines: [Substring] {
        var lines: [Substring] = []
        var start = startIndex
        var previous: UInt8 = 0
        for place in utf8.indices {
            let byte = utf8[place]
            if byte == 0x0A && previous == 0x0D {
                start = utf8.index(after: place)
            } else if byte == 0x0A || byte == 0x0D {
                lines.append(self[start..<place])
                start = utf8.index(after: place)
            }
            previous = byte
        }
        lines.append(self[start...])
        return lines
    }

    /// Where the next `http://` or `https://` begins.
    fileprivate var firstAddress: Index? {
        var place = startIndex
        while let start = utf8[place...].firstIndex(of: UInt8(ascii: "h")) {
            let rest = utf8[start...]
            if rest.starts(with: "https://".utf8) || rest.starts(with: "http://".utf8) { return start }
            place = utf8.index(after: start)
        }
        return nil
    }
}
