public import Desk
public import DeskStore
import JSON

/// A file of articles: lines of JSON, one article each, or Markdown, one article a file.
///
/// Markdown may begin with front matter (`title`, `language`, `id`, `visibility`, `state`, each on a line between two
/// lines of three dashes); else its first heading is the title. Of Markdown, paragraphs, headings, lists and words
/// between grave accents are shown as such, the rest as it is typed.
public struct ArticleFile: Sendable {
    /// What holds for an article that does not say otherwise.
    public struct Defaults: Sendable {
        public var language: String?
        public var visibility: Article.Visibility
        public var isPublished: Bool

        public init(language: String? = nil, visibility: Article.Visibility = .internal, isPublished: Bool = true) {
            (self.language, self.visibility, self.isPublished) = (language, visibility, isPublished)
        }
    }

    /// What is wrong with an article, and where.
    public struct Fault: Error, Equatable, CustomStringConvertible {
        public let description: String
    }

    private let name: String
    private let folder: String
    private let text: String
    private let defaults: Defaults

    /// - Parameters:
    ///   - path: where the file is; its name without the ending names a Markdown article, and the folder it is in is
    ///     its language, if it is called like one.
    public init(path: String, text: String, defaults: Defaults) {
        let parts = path.split(separator: "/").map(String.init)
        name = parts.last ?? path
        folder = parts.count > 1 ? parts[parts.count - 2] : ""
        self.text = text
        self.defaults = defaults
    }

    /// The articles, and what is wrong with those that cannot be read.
    ///
    /// - Parameter team: the key of a team's code.
    public func articles(team: @escaping (String) -> TeamID?) -> (articles: [ImportedArticle], faults: [Fault]) {
        let isMarkdown = [".md", ".markdown"].contains { name.lowercased().hasSuffix($0) }
        var (articles, faults): ([ImportedArticle], [Fault]) = ([], [])
        func take(_ place: String, _ read: () throws -> ImportedArticle) {
            do {
                articles.append(try read())
            } catch let problem as JSONFaults {
                faults += problem.list.map { Fault(description: "\(place)\($0.pointer.description): \($0.detail)") }
            } catch {
                faults.append(Fault(description: "\(place): \(error)"))
            }
        }
        if isMarkdown {
            take(name) { try article(JSON.object(markdown), team) }
        } else {
            let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            for (index, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
                take("\(name), line \(index + 1)") { try article(JSON.parse(String(line)), team) }
            }
        }
        return (articles, faults)
    }

    private func article(_ json: JSON, _ team: @escaping (String) -> TeamID?) throws -> ImportedArticle {
        let defaults = defaults
        let folder = Self.isLanguage(folder) ? folder : nil
        return try json.read { reader in
            let source = reader.required("id", .line(length: 1...200))
            let title = reader.required("title", .line(length: 1...200))
            let text = reader.required("text", .text(length: 1...50_000))
            let language = reader.optional("language", .line(length: 2...35)) ?? defaults.language ?? folder
            let visibility: Article.Visibility =
                reader.optional("visibility", .word()) ?? (reader.has("team") ? .team : defaults.visibility)
            let code = reader.optional("team", .line())
            let state: Article.State? = reader.optional("state", .word())
            if state == .retired { reader.fault("state", "must be draft or published") }
            if language == nil { reader.fault("language", "is required where neither folder nor option names one") }
            let readers = Article.Readers(visibility, team: code.flatMap(team))
            if readers == nil { reader.fault("team", "must be a team of the desk exactly where visibility is team") }
            guard let source, let title, let text, let language, let readers else { return nil }
            return ImportedArticle(
                source: source,
                words: ArticleDraft(language: language, title: title, text: text, readers: readers),
                isPublished: state.map { $0 == .published } ?? defaults.isPublished)
        }
    }

    /// The members that an article of JSON has, from the front matter and the text.
    private var markdown: JSONObject {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
        var object = JSONObject()
        if lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") {
            for line in lines[1..<end] {
                guard let colon = line.firstIndex(of: ":") else { continue }
                let name = String(line[..<colon])
                let value = Self.trimmed(line[line.index(after: colon)...]).trimming("\"").trimming("'")
                if Self.members.contains(name), !value.isEmpty { object[name] = value.json }
            }
            lines = lines[(end + 1)...]
        }
        if object["title"] == nil, let heading = lines.firstIndex(where: { $0.hasPrefix("# ") }) {
            object["title"] = Self.trimmed(lines[heading].dropFirst(2)).json
            lines.remove(at: heading)
        }
        if object["id"] == nil { object["id"] = String(Self.stem(name)).json }
        object["text"] = Self.trimmed(lines.joined(separator: "\n")[...]).json
        return object
    }

    private static let members = ["id", "title", "language", "visibility", "team", "state"]

    private static func stem(_ name: String) -> Substring {
        name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
    }

    private static func isLanguage(_ name: String) -> Bool {
        (2...3).contains(name.count) && name.allSatisfy { $0.isASCII && $0.isLowercase }
    }

    private static func trimmed(_ text: Substring) -> String {
        var rest = text
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}

extension String {
    /// Without the marks that stand around it.
    fileprivate func trimming(_ mark: Character) -> String {
        count >= 2 && first == mark && last == mark ? String(dropFirst().dropLast()) : self
    }
}
