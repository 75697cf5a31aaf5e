import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP

/// The form in which an article is written: a first version, or the next in one language.
struct ArticleFormPage {
    let agent: Agent
    /// Nil for an article that is not there yet.
    let article: ArticleView?
    let draft: Draft
    let directory: Directory
    /// The number of the version that this one comes after, where it is not the one in the draft.
    var newest: Int?

    private var wording: Wording { agent.wording }

    var response: Response {
        let title = wording(article == nil ? .articleNew : .articleEdit)
        let isFaulty = !draft.faults.isEmpty
        let fields = FormFields(draft, wording, form: "article")
        let page = Page(
            isFaulty ? wording(.errorTitle, ["title": title]) : title, visit: agent.visit, area: .articles,
            width: .narrow
        ) {
            """
            <div class="stack">\(fields.summary)
            <p class="overline"><a href="\(cancel)">\(article?.versions.first?.title ?? wording(.articlesTitle))</a></p>
            <h1>\(title)</h1>
            <form class="form" method="post" action="\(action)" novalidate>\(agent.visit.formToken)
            <input type="hidden" name="number" value="\(newest.map(String.init) ?? draft["number"])">
            \(language(fields))
            \(fields.line("title", wording(.fieldArticleTitle), hint: wording(.fieldArticleTitleHint)))
            \(fields.text("text", wording(.fieldArticleText), hint: wording(.fieldArticleTextHint), rows: 16))
            \(fields.choice("readers", wording(.fieldReaders), readers))
            <div class="buttons"><button class="button" type="submit">\(wording(.articleSave))</button>
            <a class="button button-quiet" href="\(cancel)">\(wording(.cancel))</a></div>
            </form></div>
            """
        }
        return page.response(isFaulty ? .unprocessableContent : .ok)
    }

    private var place: Link? { article.map { "/desk/articles/\($0.uuid.uuidString.lowercased())" } }
    private var action: Link { place.map { "\($0)/versions" } ?? "/desk/articles" }
    private var cancel: Link { place?.adding(query: ["in": draft["language"]]) ?? "/desk/articles" }

    /// The language is chosen once; a version comes after others of its language.
    private func language(_ fields: FormFields) -> HTML {
        if article == nil {
            let choices = Language.allCases.map { (value: $0.tag, label: $0.ownName) }
            return fields.choice("language", wording(.articleLanguageField), choices)
        }
        return """
            <input type="hidden" name="language" value="\(draft["language"])">\
            <p>\(wording(.articleLanguageField)): <strong>\(ArticleTeller.name(of: draft["language"]))</strong></p>
            """
    }

    /// Everybody, the desk, or one of the writer's own teams.
    private var readers: [(value: String, label: String)] {
        let all: [Article.Readers] = [.everybody, .desk] + agent.rights.teams.map { .team($0) }
        return all.map { readers in
            let name = readers.team.map { directory.team($0)?.name ?? directory.teams.code(of: $0) }
            let words = wording(.readers, readers.visibility.rawValue)
            return (Self.value(of: readers, directory), name.map { "\(words): \($0)" } ?? words)
        }
    }

    static func value(of readers: Article.Readers, _ directory: Directory) -> String {
        readers.team.map { "team:\(directory.teams.code(of: $0))" } ?? readers.visibility.rawValue
    }

    static func readers(_ value: String, _ directory: Directory) -> Article.Readers? {
        if value.hasPrefix("team:") { return directory.teams[String(value.dropFirst(5))].map { .team($0) } }
        return Article.Visibility(rawValue: value).flatMap { Article.Readers($0, team: nil) }
    }
}
