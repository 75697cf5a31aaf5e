import Desk
import DeskStore
import DeskTestSupport
import Foundation
import HTTP
import JSON
import Postgres
import PostgresTestSupport
import Testing

@Suite("Articles over the API", .database(template: TestDesk.template))
struct ArticlesOverAPITests {
    private func bring(_ title: String, in language: String = "en", for readers: Article.Readers = .everybody)
        async throws
    {
        let words = ArticleDraft(language: language, title: title, text: "About \(title).", readers: readers)
        _ = try await TestDesk().store.bring([ImportedArticle(source: title, words: words)])
    }

    private func titles(_ response: Response) -> [String] {
        response.document.array?.compactMap { $0["title"]?.string } ?? []
    }

    @Test("Articles are searched in a language, listed and paged by key, with every one exactly once")
    func list() async throws {
        let gateway = try await TestGateway(scopes: ["articles:read"])
        for number in 1...5 { try await bring("Scanner \(number)") }
        try await bring("Skanner", in: "sv")
        for query in ["?q=scanners&language=en-GB&limit=2", "?limit=2&language=en"] {
            var (found, next): ([String], String?) = ([], "/api/v1/articles\(query)")
            var pages = 0
            while let path = next, pages < 5 {
                let page = await gateway.send(.get, path)
                #expect(page.status == .ok, "\(page.text)")
                found += titles(page)
                next = page.fields[.link]?.firstMatch(of: /<([^>]+)>; rel="next"/).map { String($0.output.1) }
                pages += 1
            }
            #expect(found.sorted() == (1...5).map { "Scanner \($0)" }, "\(query)")
            #expect(pages == 3)
        }
        #expect(titles(await gateway.send(.get, "/api/v1/articles?q=skanner&language=sv")) == ["Skanner"])
        for query in ["?limit=0&language=english&x=1", "?cursor=abc", "?q="] {
            #expect(await gateway.send(.get, "/api/v1/articles\(query)").status == .badRequest, "\(query)")
        }
    }

    @Test("An article is read by its id in the language asked for, and a draft or unknown one is not found")
    func one() async throws {
        let gateway = try await TestGateway()
        try await bring("Wireless")
        let listed = await gateway.send(.get, "/api/v1/articles?q=wireless&language=en").document[0]
        let href = try #require(listed?["href"]?.string)
        let article = await gateway.send(.get, href).document
        #expect(article["title"] == "Wireless" && article["languages"]?[0] == "en")
        #expect(article["uses"]?["solved"] == 0)
        #expect(await gateway.send(.get, "/api/v1/articles/\(UUID().uuidString)").status == .notFound)
        #expect(await gateway.send(.get, "/api/v1/articles/x").status == .notFound)
        let other = try await TestGateway(scopes: ["metrics:read"])
        #expect(await other.send(.get, "/api/v1/articles").status == .forbidden)
    }

    @Test("A resolution names an article, says why there is none, or is kept as saying neither")
    func resolution() async throws {
        let gateway = try await TestGateway()
        try await bring("Fire")
        let id = try #require(
            await gateway.send(.get, "/api/v1/articles?q=fire&language=en").document[0]?["id"]?.string)
        let bodies: [(String, String, JSON)] = [
            (#"{"outcome": "solved", "note": "Out.", "article": "\#(id)"}"#, "article", JSON.string(id)),
            (
                #"{"outcome": "worked_around", "note": "Out.", "no_article_because": "one_off"}"#, "no_article_because",
                "one_off"
            ),
            (#"{"outcome": "solved", "note": "Out."}"#, "no_article_because", "not_said"),
        ]
        for (body, member, value) in bodies {
            let path = "/api/v1/tickets/\(try await gateway.open())"
            let tag = try await gateway.ticket(String(path.split(separator: "/").last ?? "")).tag
            let resolved = await gateway.send(.put, path + "/resolution", body, fields: [.ifMatch: tag])
            #expect(resolved.status == .ok, "\(resolved.text)")
            let events = await gateway.send(.get, path + "/events").document.array ?? []
            #expect(events.last?["data"]?[member] == value)
        }
    }

    @Test(
        "A resolution that does not fit is refused, with the place of what is wrong",
        arguments: [
            (#"{"note": "Out."}"#, "#/outcome"),
            (#"{"outcome": "solved", "note": "Out.", "article": "7"}"#, "#/article"),
            (
                #"{"outcome": "solved", "note": "Out.", "article": "0b8b3f0e-6f0a-4b1e-9d2c-3a5e7c9f1b2d"}"#,
                "#/article"
            ),
            (#"{"outcome": "solved", "note": "Out.", "no_article_because": "lazy"}"#, "#/no_article_because"),
        ])
    func refused(body: String, pointer: String) async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        let tag = try await gateway.ticket(number).tag
        let response = await gateway.send(
            .put, "/api/v1/tickets/\(number)/resolution", body, fields: [.ifMatch: tag])
        #expect(response.status == .unprocessableContent && response.pointers == [pointer], "\(response.text)")
    }

    @Test(
        "Without the module nothing is found, taken, kept or told of articles, and a ticket is resolved without a word")
    func switchedOff() async throws {
        let gateway = try await TestGateway()
        try await bring("Wireless")
        let id = try #require(
            await gateway.send(.get, "/api/v1/articles?q=wireless&language=en").document[0]?["id"]?.string)
        _ = try await TestDesk().store.apply(TestDesk.organisation { $0["modules"] = [String]() }, by: "the tests")
        for path in ["/api/v1/articles", "/api/v1/articles?q=wireless", "/api/v1/articles/\(id)"] {
            #expect(await gateway.send(.get, path).status == .notFound, "\(path)")
        }
        let number = try await gateway.open()
        for member in ["\"article\": \"\(id)\"", "\"no_article_because\": \"one_off\""] {
            let tag = try await gateway.ticket(number).tag
            let refused = await gateway.send(
                .put, "/api/v1/tickets/\(number)/resolution",
                "{\"outcome\": \"solved\", \"note\": \"Out.\", \(member)}",
                fields: [.ifMatch: tag])
            #expect(refused.status == .unprocessableContent && refused.text.contains("article"), "\(refused.text)")
        }
        let tag = try await gateway.ticket(number).tag
        let done = await gateway.send(
            .put, "/api/v1/tickets/\(number)/resolution", #"{"outcome": "solved", "note": "Out."}"#,
            fields: [.ifMatch: tag])
        #expect(done.status == .ok, "\(done.text)")
        let events = await gateway.send(.get, "/api/v1/tickets/\(number)/events").text
        #expect(!events.contains("article") && !done.text.contains("article"))
    }
}
