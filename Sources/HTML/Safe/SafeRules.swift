/// Which elements and attributes a stranger's HTML may keep.
enum SafeRules {
    static let elements: Set<String> = [
        "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center",
        "cite", "code", "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font",
        "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "ins", "kbd", "li", "main", "mark", "nav",
        "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub",
        "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
    ]
    static let emptyElements: Set<String> = ["br", "col", "hr", "wbr"]
    static let cells: Set<String> = ["td", "th", "caption"]
    static let tableParts: Set<String> = ["table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup"]

    /// What ends a paragraph by beginning.
    private static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "figcaption", "figure",
        "footer",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table",
        "ul",
    ]

    /// What an element ends by beginning, and what it does not reach beyond.
    static func implied(by name: String) -> (ended: Set<String>, bounds: Set<String>)? {
        switch name {
        case "td", "th": (["td", "th", "caption", "colgroup"], ["tr", "table"])
        case "tr": (["tr", "td", "th", "caption", "colgroup"], ["table", "tbody", "thead", "tfoot"])
        case "tbody", "thead", "tfoot", "caption", "colgroup":
            (["tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup"], ["table"])
        case "col": (["caption"], ["table", "colgroup"])
        case "li": (["li", "p"], ["ul", "ol", "table", "td", "th"])
        case "dt", "dd": (["dt", "dd", "p"], ["dl", "table", "td", "th"])
        case "a": (["a"], ["table", "td", "th"])
        case _ where blocks.contains(name): (["p"], ["table", "td", "th", "caption"])
        default: nil
        }
    }

    /// The attributes that an element keeps, with their values, and those that it is given.
    static func attributes(of tag: SafeTokens.Tag) -> [(String, String)] {
        var kept: [(String, String)] = []
        for (name, source) in tag.attributes {
            guard let rule = rules[name] else { continue }
            let value = SafeText.decode(source)
            if rule.isOnlyFor.map({ $0.contains(tag.name) }) ?? true, let value = rule.value(value) {
                kept.append((name, value))
            }
        }
        if tag.name == "a", kept.contains(where: { $0.0 == "href" }) {
            kept += [("target", "_blank"), ("rel", "noopener noreferrer nofollow")]
        }
        return kept
    }

    /// Whether a picture is there to tell its sender that the mail was read.
    static func isInvisible(_ tag: SafeTokens.Tag) -> Bool {
        let style = SafeCSS.clean(tag.text(of: "style") ?? "") ?? ""
        let isTiny = ["width", "height"].contains { side in
            tag.text(of: side).flatMap { Int($0.prefix { $0.isNumber }) }.map { $0 <= 2 } ?? false
        }
        return isTiny || style.contains("display:none")
    }

    /// What an attribute may say, and on which elements; nil for all.
    private struct Rule {
        var isOnlyFor: Set<String>?
        let value: @Sendable (String) -> String?
    }

    private static let words = Rule { $0.utf8.count <= 1_000 ? $0 : nil }
    private static let length = Rule { value in
        let number = value.utf8.prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        let unit = value.utf8.dropFirst(number.count)
        return (1...6).contains(number.count) && ["", "%", "px"].contains(String(unit) ?? "?") ? value : nil
    }
    private static let count = Rule { Int($0).flatMap { (0...1_000).contains($0) ? String($0) : nil } }
    private static let color = Rule { SafeCSS.isWord($0) ? $0 : nil }

    private static func oneOf(_ words: Set<String>, only elements: Set<String>? = nil) -> Rule {
        Rule(isOnlyFor: elements) { words.contains($0.lowercased()) ? $0.lowercased() : nil }
    }

    private static let rules: [String: Rule] = [
        "alt": words, "title": words, "datetime": words,
        "href": Rule(isOnlyFor: ["a"]) { SafeLinks.page($0) },
        "style": Rule { SafeCSS.clean($0) },
        "class": Rule(isOnlyFor: ["span"]) { $0 == SafeHTML.blockedPicture ? $0 : nil },
        "dir": oneOf(["ltr", "rtl", "auto"]),
        "lang": Rule { value in
            let isTag = value.utf8.allSatisfy {
                $0.isNameStart || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
            }
            return isTag && (1...35).contains(value.utf8.count) ? value : nil
        },
        "align": oneOf(["left", "right", "center", "justify", "middle", "top", "bottom", "char", "absmiddle"]),
        "valign": oneOf(["top", "middle", "bottom", "baseline"]),
        "width": length, "height": length, "border": count, "cellpadding": count, "cellspacing": count,
        "hspace": count, "vspace": count, "colspan": count, "rowspan": count, "span": count, "start": count,
        "value": Rule(isOnlyFor: ["li"], value: count.value),
        "bgcolor": color, "color": color,
        "face": Rule(isOnlyFor: ["font"]) { SafeCSS.isPlain($0) ? $0 : nil },
        "size": Rule(isOnlyFor: ["font", "hr"]) { SafeCSS.isSize($0) ? $0 : nil },
        "type": oneOf(["1", "a", "i", "disc", "circle", "square"], only: ["ol", "ul", "li"]),
        "scope": oneOf(["row", "col", "rowgroup", "colgroup"]),
        "nowrap": Rule { _ in "nowrap" }, "noshade": Rule { _ in "noshade" },
    ]
}
