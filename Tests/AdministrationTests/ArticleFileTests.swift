import Administration
import Desk
import DeskStore
import DeskTestSupport
import Foundation
import PostgresTestSupport
import Testing

@Suite("Files of articles", .database(template: TestDesk.template))
struct ArticleFileTests {
    private func read(_ path: String, _ text: String, language: String? = nil) -> (
        articles: [ImportedArticle], faults: [ArticleFile.Fault]
    ) {
        ArticleFile(path: path, text: text, defaults: .init(language: language)).articles { _ in TeamID(1) }
    }

    @Test("Markdown has its title from the front matter or the first heading, and its language from its folder")
    func markdown() throws {
        let plain = read("knowledge/nl/git-add.md", "# git add\n\n> Voeg toe.\n\n- Alles: `git add .`\n")
        let words = try #require(plain.articles.first)
        #expect(words.source == "git-add" && words.words.language == "nl" && words.words.title == "git add")
        #expect(words.words.text == "> Voeg toe.\n\n- Alles: `git add .`")
        let matter = read(
            "a.md", "---\ntitle: \"Logg inn\"\nsidebar: x\nlanguage: nb-NO\nvisibility: public\n---\n\nSlik.\n")
        #expect(matter.articles.first?.words.title == "Logg inn")
        #expect(matter.articles.first?.words.language == "nb")
        #expect(matter.articles.first?.words.readers == .everybody)
    }

    @Test("Everything that is wrong with a file is told, with its lines")
    func faults() {
        let lines = """
            {"id": "a", "title": "A", "text": "1", "language": "en"}
            {"id": "b", "titel": "B", "text": "1", "language": "en"}
            not json

            {"id": "c", "title": "C", "text": "1"}
            """
        let read = read("x.jsonl", lines)
        #expect(read.articles.count == 1)
        for place in ["line 2/title", "line 2/titel", "line 3", "line 5/language"] {
            #expect(read.faults.contains { $0.description.contains(place) }, "\(place) \(read.faults)")
        }
    }

    @Test("The articles of the example are read and brought in, in the five languages")
    func example() async throws {
        let file = TestDesk.root.appending(path: "Deploy/example/articles.jsonl")
        let read = read("articles.jsonl", try String(contentsOf: file, encoding: .utf8))
        #expect(read.faults == [])
        let store = try TestDesk().store
        _ = try await store.bring(read.articles)
        let asked = [
            ("en", "The printer is not printing"), ("sv", "Skrivaren på plan 3 skriver inte"),
            ("nb", "Skriveren vår skriver ikke ut"), ("nl", "Printer drukt niets af"),
            ("pl", "Nasza drukarka nic nie drukuje"),
        ]
        for (language, subject) in asked {
            let hits = try await store.articles(like: subject, "", in: language, seeing: Sight())
            #expect(hits.first?.version.language == language, "\(language): \(hits.map(\.version.title))")
        }
    }

    @Test("The real articles in five languages are brought in and found by their own words")
    func corpus() async throws {
        let folder = TestDesk.root.appending(path: "../shared/data/knowledge")
        guard let languages = try? FileManager.default.contentsOfDirectory(atPath: folder.path()) else {
            print("skipped: there is no ../shared/data/knowledge")
            return
        }
        let store = try TestDesk().store
        var articles: [ImportedArticle] = []
        for language in languages.sorted() {
            let own = folder.appending(path: language)
            for name in try FileManager.default.contentsOfDirectory(atPath: own.path()).sorted() {
                let path = own.appending(path: name).path(percentEncoded: false)
                let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
                let defaults = ArticleFile.Defaults(visibility: .public)
                let read = ArticleFile(path: path, text: text, defaults: defaults).articles { _ in nil }
                #expect(read.faults == [])
                articles += read.articles
            }
        }
        let outcomes = try await store.bring(articles)
        #expect(outcomes[.unchanged] == nil && (outcomes[.added] ?? 0) > 50)
        #expect(try await store.bring(articles) == [.unchanged: articles.count])
        for article in articles where article.words.title.contains(" ") {
            let words = article.words
            let hits = try await store.articles(
                like: words.title, words.text, in: words.language, limit: 5, seeing: Sight())
            #expect(hits.contains { $0.version.title == words.title }, "\(words.language) \(words.title)")
        }
    }
}
