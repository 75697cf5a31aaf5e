import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP
import Moments
import TimeZones

/// The articles as a list: of one state, the newest first, or those that hold some words, the best first.
struct ArticlesPage {
    let agent: Agent
    let words: String
    let state: Article.State
    let articles: [ArticleVersion]
    let hasMore: Bool
    let zone: Zone

    private var wording: Wording { agent.wording }

    var response: Response {
        Page(wording(.articlesTitle), visit: agent.visit, area: .articles) {
            """
            <div class="stack">
            <div class="page-head"><h1>\(wording(.articlesTitle))</h1>
            <a class="button" href="/desk/articles/new">\(wording(.articleNew))</a></div>
            \(filters)
            \(articles.isEmpty ? empty : table)
            \(next)
            </div>
            """
        }.response()
    }

    private var filters: HTML {
        let fields = FormFields(Draft(["q": words, "state": state.rawValue]), wording, form: "find")
        return """
            <form class="filters" method="get" action="/desk/articles" role="search">
            \(fields.line("q", wording(.articlesSearch), type: "search"))
            \(fields.choice(
                "state", wording(.columnState),
                Article.State.allCases.map { (value: $0.rawValue, label: wording(.articleState, $0.rawValue)) }))
            <button class="button button-secondary" type="submit">\(wording(.search))</button>
            </form>
            """
    }

    private var empty: HTML {
        let (title, text): (Catalogue.Phrase, Catalogue.Phrase) =
            words.isEmpty ? (.articlesEmpty, .articlesEmptyText) : (.articlesNoneFound, .articlesNoneFoundText)
        return "<div class=\"empty\"><h2>\(wording(title))</h2><p>\(wording(text))</p></div>"
    }

    private var table: HTML {
        let headings: [Catalogue.Phrase] = [.fieldArticleTitle, .language, .columnState, .fieldReaders, .articleAt]
        let teller = ArticleTeller(wording)
        let rows = articles.map { version -> HTML in
            let link = Link("/desk/articles/\(version.uuid.uuidString.lowercased())")
                .adding(query: ["in": version.language])
            let author = version.authorName ?? wording(.articleByProgram)
            return """
                <tr><td class="wide" data-label="\(wording(.fieldArticleTitle))">\
                <a href="\(link)" lang="\(version.language)" dir="auto">\(version.title)</a></td>\
                <td data-label="\(wording(.language))">\(ArticleTeller.name(of: version.language))</td>\
                <td data-label="\(wording(.columnState))">\(teller.badge(version.state))</td>\
                <td data-label="\(wording(.fieldReaders))">\
                \(wording(.readers, version.readers.visibility.rawValue))</td>\
                <td data-label="\(wording(.articleAt))">\
                <span>\(wording.date(version.at, in: zone)), <bdi>\(author)</bdi></span></td></tr>
                """
        }
        return """
            <div class="table-scroll" role="region" tabindex="0" aria-label="\(wording(.articlesTitle))">
            <table class="table table-cards"><thead><tr>\
            \(headings.map { "<th scope=\"col\">\(wording($0))</th>" as HTML })</tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }

    private var next: HTML? {
        guard hasMore, words.isEmpty, let last = articles.last else { return nil }
        let link = Link("/desk/articles").adding(query: ["state": state.rawValue, "before": String(last.key)])
        return """
            <nav class="pagination" aria-label="\(wording(.pagesLabel))">\
            <a rel="next" href="\(link)">\(wording(.nextPage))</a></nav>
            """
    }
}
