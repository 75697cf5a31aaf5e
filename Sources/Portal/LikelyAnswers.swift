import Catalogue
import DeskStore
import DeskWeb
import HTML

/// Articles that may already answer a request. Each unfolds where it stands, so that nothing that was written is left.
struct LikelyAnswers {
    let articles: [ArticleVersion]
    let visit: Visit
    /// What has become of the request, where the page does not tell it already.
    let intro: Catalogue.Phrase?

    /// - Parameter below: what stands below each article.
    func html(below: (ArticleVersion) -> HTML) -> HTML? {
        if articles.isEmpty { return nil }
        let wording = visit.wording
        let teller = ArticleTeller(wording)
        let items = articles.map { version -> HTML in
            """
            <details class="action"><summary lang="\(version.language)">\(version.title)</summary>
            \(teller.text(version))\(below(version))</details>
            """
        }
        return """
            <section class="panel answers" role="status"><h2>\(wording(.similarTitle))</h2>
            \(intro.map { "<p>\(wording($0))</p>" as HTML })\(items)</section>
            """
    }
}
