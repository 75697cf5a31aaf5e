import Catalogue
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP

/// An article as a requester reads it, with room to say that it helped.
struct HelpArticlePage {
    let visit: Visit
    let article: ArticleView
    let version: ArticleVersion

    var response: Response {
        let wording = visit.wording
        return Page(version.title, visit: visit, area: .help, width: .narrow) {
            """
            <div class="stack"><p class="overline"><a href="/articles">\(wording(.helpTitle))</a></p>
            <h1 lang="\(version.language)" dir="auto">\(version.title)</h1>
            <article>\(ArticleTeller(wording).text(version))</article>
            <section class="panel"><h2>\(wording(.helpSolvedAsk))</h2>
            <div class="buttons">\(Self.solved(version, visit))
            <a class="button button-secondary" href="/">\(wording(.portalFormTitle))</a></div></section></div>
            """
        }.response()
    }

    /// The button by which somebody says that an article helped.
    ///
    /// - Parameter kept: the request that it answers, where it is kept, and then need not be.
    static func solved(_ version: ArticleVersion, _ visit: Visit, instead kept: KeptRequest? = nil) -> HTML {
        let place: Link = "/articles/\(version.uuid.uuidString.lowercased())/solved"
        return """
            <form method="post" action="\(place)">\(visit.formToken)\(kept?.field)\
            <button class="button" type="submit">\(visit.wording(.helpSolved))</button></form>
            """
    }
}
