import Catalogue
import DeskStore
import DeskWeb
import HTML

/// Articles that may already answer a request. Each unfolds where it stands, so that nothing that was written is left.
struct LikelyAnswers {
    let articles: [ArticleVersion]
    let visit: Visit

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
            <p>\(wording(.similarIntro))</p>\(items)</section>
            """
    }
}
