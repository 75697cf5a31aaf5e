import Testing

/// Holds that a page has only what shapes words: read strictly, as one piece of markup that is written as ours is.
enum Innocence {
    private static let elements: Set<String> = [
        "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center",
        "cite", "code", "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font",
        "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark",
        "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong",
        "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
    ]

    static func check(_ page: String) throws {
        var rest = page[...]
        while let start = rest.firstIndex(of: "<") {
            #expect(!rest[..<start].contains(">"), "a bracket in text")
            guard let end = rest[start...].firstIndex(of: ">") else {
                Issue.record("a tag that does not end: \(rest[start...].prefix(80))")
                return
            }
            check(tag: String(rest[rest.index(after: start)..<end]))
            rest = rest[rest.index(after: end)...]
        }
        #expect(!rest.contains(">"))
    }

    private static func check(tag: String) {
        if tag.hasPrefix("/") {
            #expect(elements.contains(String(tag.dropFirst())), "</\(tag)>")
            return
        }
        let name = tag.prefix { $0 != " " }
        #expect(elements.contains(String(name)), "<\(tag)>")
        var rest = tag.dropFirst(name.count)
        while !rest.isEmpty {
            guard let match = rest.wholeMatch(of: #/ ([a-z]+)="([^"<>]*)"((?:.|\n)*)/#) else {
                Issue.record("attributes that are not written as ours are: \(rest)")
                return
            }
            check(attribute: String(match.1), String(match.2), of: String(name))
            rest = match.3
        }
    }

    private static func check(attribute name: String, _ value: String, of element: String) {
        let lowered = value.lowercased()
        switch name {
        case "href":
            #expect(["http://", "https://", "mailto:", "tel:"].contains { lowered.hasPrefix($0) }, "\(value)")
        case "src": #expect(element == "img" && lowered.hasPrefix("data:image/"), "\(value)")
        case "style":
            #expect(
                !["url", "expression", "\\", "/*", "@", "{", "position", "binding", "image"].contains {
                    lowered.contains($0)
                }, "\(value)")
        case "class": #expect(value == "remote-picture")
        case "id", "name": Issue.record("\(name)=\(value)")
        default:
            #expect(!name.hasPrefix("on") && name != "srcset" && name != "background" && name != "action", "\(name)")
        }
    }
}
