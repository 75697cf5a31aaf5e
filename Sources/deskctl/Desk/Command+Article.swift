import Administration
import Desk
import DeskStore
import Foundation
import JSON
import Runtime

extension Command {
    static let articleImport = Command(
        words: ["article", "import"], summary: "Bring articles in",
        details: """
            Each FILE holds lines of JSON ({"id", "title", "text", "language", "visibility", "team", "state"}) or is \
            one article in Markdown. The id, of Markdown the name of the file, is how an article is known again: the \
            same file brought in again changes nothing, the same id in another language adds the language.
            """,
        operands: ["FILE…"],
        options: [
            .value("--language", "TAG", "the language of articles that name none (the folder's name)"),
            .value("--visibility", "WORD", "who reads articles that do not say: public or internal (internal)"),
            .flag("--draft", "bring them in as drafts"), .data, .json,
        ]
    ) { invocation in
        let defaults = try articleDefaults(invocation)
        return try await DeskConnection(invocation).withStore { store in
            let directory = try await store.directory()
            guard directory.organisation.modules.contains(.knowledge) else {
                throw CommandFault(
                    "the organisation does without knowledge, so that nobody could read the articles.",
                    advice: "Add \"knowledge\" to the modules of its document and apply it.", status: .data)
            }
            var (articles, faults): ([ImportedArticle], [String]) = ([], [])
            for path in invocation.operands {
                guard let data = FileManager.default.contents(atPath: path) else {
                    throw CommandFault("\(path) cannot be read.", status: .noInput)
                }
                let file = ArticleFile(path: path, text: String(decoding: data, as: UTF8.self), defaults: defaults)
                let read = file.articles { directory.teams[$0] }
                articles += read.articles
                faults += read.faults.map(\.description)
            }
            guard faults.isEmpty else {
                throw CommandFault(
                    "nothing was brought in:\n" + faults.map { "  \($0)" }.joined(separator: "\n"), status: .data)
            }
            return try await bring(articles, into: store, tellingJSON: invocation.has("--json"))
        }
    }

    private static func articleDefaults(_ invocation: Invocation) throws -> ArticleFile.Defaults {
        var defaults = ArticleFile.Defaults(language: invocation.value("--language"))
        defaults.isPublished = !invocation.has("--draft")
        if let word = invocation.value("--visibility") {
            guard let visibility = Article.Visibility(rawValue: word), visibility != .team else {
                throw CommandFault("--visibility is \"\(word)\", which is not public or internal.", status: .usage)
            }
            defaults.visibility = visibility
        }
        return defaults
    }

    /// So many at a time that a transaction stays short and its words are counted together.
    private static let batch = 200

    private static func bring(
        _ articles: [ImportedArticle], into store: DeskStore, tellingJSON isJSON: Bool
    ) async throws -> ExitStatus {
        var outcomes: [ArticleImportOutcome: Int] = [:]
        var bar = ProgressBar()
        for start in stride(from: 0, to: articles.count, by: batch) {
            let piece = Array(articles[start..<min(start + batch, articles.count)])
            outcomes.merge(try await store.bring(piece)) { $0 + $1 }
            bar.show(start + piece.count, of: articles.count, "articles")
        }
        bar.clear()
        let counts = ArticleImportOutcome.allCases.map { ($0.rawValue, outcomes[$0] ?? 0) }
        let line =
            isJSON
            ? JSON.object(JSONObject(counts.map { ($0.0, $0.1.json) })).text
            : counts.map { "\($0.1) \($0.0)" }.joined(separator: ", ") + "."
        Terminal.write(line, to: .output)
        return .success
    }
}
