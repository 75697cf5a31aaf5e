import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP

/// Finding an answer without asking: the public articles, and a word that one of them helped.
extension Portal {
    /// Looks at articles in an hour from one address of the network, behind which a whole site may sit.
    private static let looksPerClient = 2000

    var helpEndpoints: [Endpoint<Visit>] {
        [
            Endpoint(.get, "/articles") { request, visit in try await help(request, visit) },
            Endpoint(.get, "/articles/:article") { request, visit, article in
                try await read(article, request, visit)
            },
            Endpoint(.post, "/articles/:article/solved") { request, visit, article in
                try await noteSolved(article, request, visit)
            },
        ]
    }

    private func help(_ request: Request, _ visit: Visit) async throws -> Response {
        try await admit(request, visit)
        let words = String(Draft(request.query)["q"].prefix(200))
        let language = visit.wording.language.tag
        var found: [ArticleVersion]
        if words.isEmpty {
            found = try await website.store.articles(.published, language: language, limit: 10, seeing: Sight())
        } else {
            found = try await website.store.articles(saying: words, for: language, seeing: Sight()).map(\.version)
        }
        return HelpPage(visit: visit, words: words, articles: found).response
    }

    private func read(_ name: String, _ request: Request, _ visit: Visit) async throws -> Response {
        try await admit(request, visit)
        let (article, version) = try await publicArticle(name, visit)
        return HelpArticlePage(visit: visit, article: article, version: version).response
    }

    /// Every enquiry is registered (S32): one that needed not be sent is counted on the article that answered it.
    private func noteSolved(_ name: String, _ request: Request, _ visit: Visit) async throws -> Response {
        try await admit(request, visit)
        let (article, _) = try await publicArticle(name, visit)
        // A visitor who presses twice was helped once.
        let key = "articles:solved:\(request.client):\(article.id)"
        if try await website.store.allows(key, atMost: 1) {
            try await website.store.noteSelfService(by: article.id, seeing: Sight())
        }
        if let answered = UUID(uuidString: Draft(try request.form())["draft"]) {
            try await website.store.giveUpRequest(answered, of: visit.visitor)
        }
        let wording = visit.wording
        return Page(wording(.helpSolvedTitle), visit: visit, area: .help, width: .narrow) {
            """
            <div class="stack"><div class="confirmation"><h1>\(wording(.helpSolvedTitle))</h1>
            <p>\(wording(.helpSolvedText))</p></div>
            <div class="buttons"><a class="button button-secondary" href="/articles">\(wording(.helpTitle))</a></div></div>
            """
        }.response()
    }

    private func publicArticle(_ name: String, _ visit: Visit) async throws -> (ArticleView, ArticleVersion) {
        let languages = try visit.directory().languages(after: visit.wording.language.tag)
        guard let uuid = UUID(uuidString: name),
            let article = try await website.store.article(uuid, seeing: Sight()),
            let version = article.published(for: visit.wording.language.tag, or: languages)
        else { throw EndpointFault.noSuchPath }
        return (article, version)
    }

    private func admit(_ request: Request, _ visit: Visit) async throws {
        try visit.require(.knowledge)
        let key = "articles:client:\(request.client)"
        guard try await website.store.allows(key, atMost: Self.looksPerClient) else { throw tooManyTries }
    }

    /// The public articles that may already answer what is about to be asked.
    func similar(to submission: Submission, _ visit: Visit) async throws -> [ArticleVersion] {
        guard visit.modules.contains(.knowledge) else { return [] }
        return try await website.store.articles(
            like: submission.subject, submission.text, in: visit.wording.language.tag, seeing: Sight()
        ).map(\.version)
    }
}
