public import Catalogue
public import Desk
public import DeskStore
public import HTML

/// Shows articles, in the language of whoever reads.
public struct ArticleTeller: Sendable {
    private let wording: Wording

    public init(_ wording: Wording) { self.wording = wording }

    /// The words of an article, marked with their language.
    public func text(_ version: ArticleVersion) -> HTML {
        "<div class=\"prose\" lang=\"\(version.language)\">\(HTML(outline: version.text))</div>"
    }

    /// A title that leads to its article; one in another language than the page says so.
    public func title(_ version: ArticleVersion, _ link: Link) -> HTML {
        let isForeign = version.language != Article.language(of: wording.language.tag)
        let language: HTML? =
            isForeign ? " <span class=\"muted\">(\(Self.name(of: version.language)))</span>" : nil
        return """
            <a href="\(link)" lang="\(version.language)" hreflang="\(version.language)" dir="auto">\(version.title)</a>\
            \(language)
            """
    }

    /// The beginning of an article in one line, so that one need not open it to see what it is about.
    public func beginning(_ version: ArticleVersion) -> HTML {
        let line =
            version.text.split(whereSeparator: \.isNewline).lazy.map { $0.filter { !"#`*".contains($0) } }
            .first { !$0.allSatisfy(\.isWhitespace) } ?? ""
        let shown = line.count > 140 ? "\(line.prefix(140))…" : String(line)
        return "<p class=\"muted\" lang=\"\(version.language)\" dir=\"auto\">\(shown)</p>"
    }

    public func badge(_ state: Article.State) -> HTML {
        let look =
            switch state {
            case .draft: "state-new"
            case .published: "state-resolved"
            case .retired: "state-closed"
            }
        return "<span class=\"badge \(look)\">\(wording(.articleState, state.rawValue))</span>"
    }

    /// What a language is called by those who speak it, or its code.
    public static func name(of language: String) -> String { Language(tag: language)?.ownName ?? language }
}
