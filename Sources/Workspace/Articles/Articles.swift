import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP

/// The desk's knowledge: found, read, written, published.
extension Workspace {
    var articleEndpoints: [Endpoint<Agent>] {
        let limit = BodyWish.collected(limit: 262_144)
        return [
            Endpoint(.get, "/desk/articles") { request, agent in try await listArticles(request, for: agent) },
            Endpoint(.post, "/desk/articles", body: limit) { request, agent in
                try await begin(request, by: agent)
            },
            Endpoint(.get, "/desk/articles/new") { _, agent in try await newArticle(for: agent) },
            Endpoint(.get, "/desk/articles/:article") { request, agent, article in
                try await showArticle(article, request, to: agent)
            },
            Endpoint(.get, "/desk/articles/:article/edit") { request, agent, article in
                try await editArticle(article, request, for: agent)
            },
            Endpoint(.post, "/desk/articles/:article/versions", body: limit) { request, agent, article in
                try await revise(article, request, by: agent)
            },
            Endpoint(.post, "/desk/articles/:article/publication") { request, agent, article in
                try await publish(article, request, by: agent)
            },
            Endpoint(.post, "/desk/articles/:article/retirement") { request, agent, article in
                try await retire(article, request, by: agent)
            },
        ]
    }

    private func listArticles(_ request: Request, for agent: Agent) async throws -> Response {
        try agent.visit.require(.knowledge)
        let words = Draft(request.query)["q"]
        let state = request.query["state"].flatMap(Article.State.init) ?? .published
        let before = request.query["before"].flatMap { Int64($0) }
        var found: [ArticleVersion]
        if words.isEmpty {
            found = try await website.store.articles(
                state, before: before, limit: Self.pageSize + 1, seeing: agent.sight)
        } else {
            found = try await website.store.articles(
                saying: words, for: agent.wording.language.tag, limit: Self.pageSize, seeing: agent.sight
            ).map(\.version)
        }
        let hasMore = found.count > Self.pageSize
        found = Array(found.prefix(Self.pageSize))
        let zone = website.zone(of: agent.person.homeSite, in: try agent.visit.directory())
        return ArticlesPage(agent: agent, words: words, state: state, articles: found, hasMore: hasMore, zone: zone)
            .response
    }

    private func showArticle(_ name: String, _ request: Request, to agent: Agent) async throws -> Response {
        let article = try await article(name, for: agent)
        let directory = try agent.visit.directory()
        let tickets = try await website.store.tickets(of: article.id, seeing: agent.sight)
        let asked = request.query["in"].flatMap { name in article.languages.first { $0 == name } }
        let own = Article.language(of: agent.wording.language.tag)
        let language = asked ?? (article.languages.contains(own) ? own : article.languages.first ?? own)
        return ArticlePage(
            agent: agent, article: article, language: language, tickets: tickets, directory: directory,
            zone: website.zone(of: agent.person.homeSite, in: directory),
            notice: request.query["done"].flatMap(ArticlePage.Notice.init)
        ).response
    }

    private func publish(_ name: String, _ request: Request, by agent: Agent) async throws -> Response {
        let article = try await article(name, for: agent)
        guard agent.mayPublish else { throw TurnedAway.notAllowed }
        let language = try request.form()["language"] ?? ""
        _ = try await website.store.publish(
            article.id, in: language, by: agent.person.id, seeing: agent.sight)
        return .seeOther(Self.place(of: article, in: language, done: .published).text)
    }

    private func retire(_ name: String, _ request: Request, by agent: Agent) async throws -> Response {
        let article = try await article(name, for: agent)
        let form = try request.form()
        let state = form["state"].flatMap(Article.State.init) ?? .published
        guard agent.mayPublish || state == .draft else { throw TurnedAway.notAllowed }
        let language = form["language"] ?? ""
        _ = try await website.store.retire(article.id, in: language, state, seeing: agent.sight)
        return .seeOther(Self.place(of: article, in: language, done: .retired).text)
    }

    static func place(of article: ArticleView, in language: String, done: ArticlePage.Notice? = nil) -> Link {
        Link("/desk/articles/\(article.uuid.uuidString.lowercased())")
            .adding(query: ["in": language, "done": done?.rawValue])
    }

    /// - Throws: `EndpointFault.noSuchPath` where the agent sees none.
    func article(_ name: String, for agent: Agent) async throws -> ArticleView {
        try agent.visit.require(.knowledge)
        guard let uuid = UUID(uuidString: name),
            let article = try await website.store.article(uuid, seeing: agent.sight)
        else { throw EndpointFault.noSuchPath }
        return article
    }
}

extension Agent {
    /// Whether what he publishes is published: the others draft.
    var mayPublish: Bool { rights.has(.lead) || rights.has(.administrator) }
}
