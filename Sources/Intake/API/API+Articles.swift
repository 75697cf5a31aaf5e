import Desk
import DeskStore
import Foundation
import HTTP
import JSON

extension API {
    var articleEndpoints: [Endpoint<APIClient>] {
        [
            Endpoint(.get, "/api/v1/articles") { request, client in try await list(articles: request, client) },
            Endpoint(.get, "/api/v1/articles/:article") { request, client, article in
                try await show(article: article, request, client)
            },
        ]
    }

    /// Those that hold the words, the best first; without words all, the newest first.
    private func list(articles request: Request, _ client: APIClient) async throws -> Response {
        let directory = try await admit(client)
        let query = try ArticleQuery(request.query, cursors: cursors)
        let (found, place) = try await find(query, client, directory)
        let page = found.prefix(query.limit)
        var response = Response(json: JSON.array(page.map { ArticleJSON($0, in: directory).json }).bytes())
        response.fields[.cacheControl] = "private, no-cache"
        if found.count > query.limit, let last = page.last {
            let cursor = cursors.text(after: place(last))
            response.fields[.link] = "<\(Self.root)/articles?\(query.link(after: cursor))>; rel=\"next\""
        }
        return response
    }

    /// One article more than asked for, which tells whether there is another page, and what names the place behind one.
    private func find(
        _ query: ArticleQuery, _ client: APIClient, _ directory: Directory
    ) async throws -> ([ArticleVersion], (ArticleVersion) -> String) {
        guard let words = query.words else {
            let before = query.after.flatMap { Int64($0.place) }
            let found = try await store.articles(
                .published, language: query.language, before: before, limit: query.limit + 1, seeing: client.sight)
            return (found, { "\($0.language) \($0.key)" })
        }
        // The pages behind the first are in the language of the first.
        let own = query.after?.language ?? query.language
        let languages = own.map { [$0] } ?? directory.languages(after: directory.language(of: client.site))
        for language in languages {
            let hits = try await store.articles(
                saying: words, in: language, after: query.after.flatMap { ArticlePlace(text: $0.place) },
                limit: query.limit + 1, seeing: client.sight)
            guard !hits.isEmpty else { continue }
            let places = Dictionary(hits.map { ($0.version.key, $0.place.text) }) { first, _ in first }
            return (hits.map(\.version), { "\($0.language) \(places[$0.key] ?? "")" })
        }
        return ([], { _ in "" })
    }

    private func show(article name: String, _ request: Request, _ client: APIClient) async throws -> Response {
        let directory = try await admit(client)
        guard let uuid = UUID(uuidString: name),
            let article = try await store.article(uuid, seeing: client.sight),
            let version = article.published(
                for: request.query["language"] ?? directory.language(of: client.site),
                or: directory.languages(after: directory.language(of: nil)))
        else { throw Problem(.notFound, detail: "There is no such published article, or you may not read it.") }
        var response = Response(json: ArticleJSON(version, in: directory, of: article).json.bytes())
        response.fields[.cacheControl] = "private, no-cache"
        return response
    }

    /// - Throws: `EndpointFault.noSuchPath` where the organisation does without knowledge.
    private func admit(_ client: APIClient) async throws -> Directory {
        try client.require(.readArticles)
        let directory = try await store.directory()
        guard directory.organisation.modules.contains(.knowledge) else { throw EndpointFault.noSuchPath }
        return directory
    }
}
