import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP

/// Writing an article: the form, and what becomes of it.
extension Workspace {
    func newArticle(for agent: Agent) async throws -> Response {
        try agent.visit.require(.knowledge)
        let language = Article.language(of: agent.wording.language.tag)
        let draft = Draft(["language": language, "readers": Article.Visibility.internal.rawValue])
        return ArticleFormPage(
            agent: agent, article: nil, draft: draft, directory: try agent.visit.directory()
        ).response
    }

    func editArticle(_ name: String, _ request: Request, for agent: Agent) async throws -> Response {
        let article = try await article(name, for: agent)
        let directory = try agent.visit.directory()
        let own = Article.language(of: agent.wording.language.tag)
        let language = request.query["in"].flatMap { Language(tag: $0)?.tag ?? $0 } ?? own
        let version = article.working(in: language)
        let readers = version?.readers ?? article.versions.first?.readers ?? .desk
        let draft = Draft([
            "language": language, "number": newest(of: article, in: language).map(String.init) ?? "",
            "title": version?.title ?? "", "text": version?.text ?? "",
            "readers": ArticleFormPage.value(of: readers, directory),
        ])
        return ArticleFormPage(agent: agent, article: article, draft: draft, directory: directory).response
    }

    func begin(_ request: Request, by agent: Agent) async throws -> Response {
        try agent.visit.require(.knowledge)
        let directory = try agent.visit.directory()
        var draft = Draft(try request.form())
        guard let words = read(&draft, agent, directory) else {
            return ArticleFormPage(agent: agent, article: nil, draft: draft, directory: directory).response
        }
        let uuid = try await website.store.begin(words, by: agent.person.id, seeing: agent.sight)
        let place = Link("/desk/articles/\(uuid.uuidString.lowercased())")
        return .seeOther(place.adding(query: ["in": words.language, "done": ArticlePage.Notice.saved.rawValue]).text)
    }

    func revise(_ name: String, _ request: Request, by agent: Agent) async throws -> Response {
        let article = try await article(name, for: agent)
        let directory = try agent.visit.directory()
        var draft = Draft(try request.form())
        guard let words = read(&draft, agent, directory) else {
            return ArticleFormPage(agent: agent, article: article, draft: draft, directory: directory).response
        }
        do {
            try await website.store.revise(
                article.id, words, after: Int(draft["number"]), by: agent.person.id, seeing: agent.sight)
        } catch is ArticleChanged {
            // The form that is shown again comes after the newer version: whoever saves it has been told.
            let current = try await self.article(name, for: agent)
            draft.refuse("text", agent.wording(.errorArticleChanged))
            return ArticleFormPage(
                agent: agent, article: current, draft: draft, directory: directory,
                newest: newest(of: current, in: words.language)
            ).response
        }
        return .seeOther(Self.place(of: article, in: words.language, done: .saved).text)
    }

    private func newest(of article: ArticleView, in language: String) -> Int? {
        article.versions.filter { $0.language == language }.map(\.number).max()
    }

    /// The words as they were written, or nil with everything that is wrong noted in the draft.
    private func read(_ draft: inout Draft, _ agent: Agent, _ directory: Directory) -> ArticleDraft? {
        let wording = agent.wording
        let title = draft.require("title", .errorArticleTitleMissing, atMost: 200, named: .fieldArticleTitle, wording)
        let text = draft.require("text", .errorArticleTextMissing, atMost: 50_000, named: .fieldArticleText, wording)
        let language = draft["language"]
        let isKnown = (2...3).contains(language.count) && language.allSatisfy { $0.isASCII && $0.isLowercase }
        if !isKnown {
            draft.refuse("language", wording(.errorChoiceMissing, ["field": wording(.articleLanguageField)]))
        }
        let readers = ArticleFormPage.readers(draft["readers"], directory)
        if readers == nil {
            draft.refuse("readers", wording(.errorChoiceMissing, ["field": wording(.fieldReaders)]))
        }
        guard draft.faults.isEmpty, let readers else { return nil }
        return ArticleDraft(language: language, title: title, text: text, readers: readers)
    }
}
