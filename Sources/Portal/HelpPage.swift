import Catalogue
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP

/// The articles for those who need help: the newest, or those that hold some words.
struct HelpPage {
    let visit: Visit
    let words: String
    let articles: [ArticleVersion]

    private var wording: Wording { visit.wording }

    var response: Response {
        let fields = FormFields(Draft(["q": words]), wording, form: "find")
        return Page(wording(.helpTitle), visit: visit, area: .help, width: .narrow) {
            """
            <div class="stack"><h1>\(wording(.helpTitle))</h1>
            <p class="lede">\(wording(.helpIntro)) <a href="/">\(wording(.portalFormTitle))</a></p>
            <form class="find" method="get" action="/articles" role="search">
            \(fields.line("q", wording(.articlesSearch), type: "search"))
            <button class="button" type="submit">\(wording(.search))</button></form>
            \(articles.isEmpty ? empty : list)
            </div>
            """
        }.response()
    }

    private var list: HTML {
        let heading: HTML? = words.isEmpty ? "<h2>\(wording(.helpNewest))</h2>" : nil
        return "\(heading)\(ArticleList(articles: articles, wording: wording).html)"
    }

    private var empty: HTML {
        if words.isEmpty { return "<div class=\"empty\"><h2>\(wording(.articlesEmpty))</h2></div>" }
        return """
            <div class="empty"><h2>\(wording(.articlesNoneFound))</h2><p>\(wording(.articlesNoneFoundText))</p></div>
            """
    }
}

/// Articles with their beginnings, each leading to the whole.
struct ArticleList {
    let articles: [ArticleVersion]
    let wording: Wording

    var html: HTML {
        let teller = ArticleTeller(wording)
        let items = articles.map { version -> HTML in
            let link: Link = "/articles/\(version.uuid.uuidString.lowercased())"
            return "<li><p>\(teller.title(version, link))</p>\(teller.beginning(version))</li>"
        }
        return "<ul class=\"articles\">\(items)</ul>"
    }
}
