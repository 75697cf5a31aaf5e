import Desk
import DeskStore
import DeskTestSupport
import Foundation
import Postgres
import PostgresTestSupport
import Testing

@Suite("Articles and their versions", .database(template: TestDesk.template))
struct ArticlesTests {
    @Test("A draft is read by the desk alone, and once published by everybody; the words before it are history")
    func versions() async throws {
        try await TestDesk.playing("meridian_intake") { desk in
            let (kari, sight) = (try await desk.person("kari.nordmann"), try await desk.sight(of: "kari.nordmann"))
            let draft = ArticleDraft(language: "nb-NO", title: "Bytt passord", text: "Slik.", readers: .everybody)
            let uuid = try await desk.store.begin(draft, by: kari, seeing: sight)
            #expect(try await desk.store.article(uuid, seeing: Sight()) == nil)
            let article = try #require(await desk.store.article(uuid, seeing: sight))
            #expect(try await desk.store.publish(article.id, in: "nb", by: kari, seeing: sight))
            #expect(try await desk.store.article(uuid, seeing: Sight())?.published.map(\.title) == ["Bytt passord"])
            var second = draft
            second.title = "Bytte passord"
            try await desk.store.revise(article.id, second, after: 1, by: kari, seeing: sight)
            #expect(try await desk.store.article(uuid, seeing: Sight())?.versions.map(\.title) == ["Bytt passord"])
            #expect(try await desk.store.publish(article.id, in: "nb", by: kari, seeing: sight))
            #expect(try await desk.store.article(uuid, seeing: Sight())?.versions.map(\.title) == ["Bytte passord"])
            let history = try await desk.store.article(uuid, seeing: sight)?.versions.map(\.state)
            #expect(history == [.published, .retired])
            #expect(try await !desk.store.publish(article.id, in: "nb", by: kari, seeing: sight))
        }
    }

    @Test("Whoever wrote on an older version is told instead of taking the newer one away")
    func conflict() async throws {
        let desk = try TestDesk()
        let (kari, sight) = (try await desk.person("kari.nordmann"), try await desk.sight(of: "kari.nordmann"))
        let article = try await desk.publish("One", "1")
        let words = ArticleDraft(language: "en", title: "Two", text: "2")
        try await desk.store.revise(article.id, words, after: 1, by: kari, seeing: sight)
        await #expect(throws: ArticleChanged.self) {
            try await desk.store.revise(article.id, words, after: 1, by: kari, seeing: sight)
        }
        // The first words in another language come after none.
        let swedish = ArticleDraft(language: "sv", title: "Två", text: "2")
        try await desk.store.revise(article.id, swedish, after: nil, by: kari, seeing: sight)
    }

    @Test("The article of a confidential team is read, found and offered there and nowhere else")
    func confidential() async throws {
        let outside = try TestDesk()
        let team = try #require(await outside.store.directory().teams["osl-staff"])
        let (marit, marits) = (try await outside.person("marit.dahl"), try await outside.sight(of: "marit.dahl"))
        try await TestDesk.playing("meridian_intake") { desk in
            let words = ArticleDraft(
                language: "en", title: "Dismissal letters", text: "Where they are kept.", readers: .team(team))
            let uuid = try await desk.store.begin(words, by: marit, seeing: marits)
            let article = try #require(await desk.store.article(uuid, seeing: marits))
            #expect(try await desk.store.publish(article.id, in: "en", by: marit, seeing: marits))
            func seen(_ sight: Sight) async throws -> [Int] {
                [
                    try await desk.store.article(uuid, seeing: sight) == nil ? 0 : 1,
                    try await desk.store.articles(saying: "dismissal", in: "en", seeing: sight).count,
                    try await desk.store.articles(like: "Dismissal letters", "", in: "en", seeing: sight).count,
                    try await desk.store.articles(.published, seeing: sight).count,
                ]
            }
            #expect(try await seen(marits) == [1, 1, 1, 1])
            let others = [
                Sight(), Sight(requester: marit), try await desk.sight(of: "kari.nordmann"),
                try await desk.sight(of: "sofie.berg"),
            ]
            for other in others { #expect(try await seen(other) == [0, 0, 0, 0]) }
        }
    }

    @Test("An internal article is found by the desk and never by a requester")
    func internalOne() async throws {
        try await TestDesk().publish("Master key", "Hangs behind the door.", for: .desk)
        try await TestDesk.playing("meridian_intake") { desk in
            let agent = try await desk.sight(of: "kari.nordmann")
            for (sight, count) in [(agent, 1), (Sight(), 0), (Sight(requester: PersonID(1)), 0)] {
                #expect(try await desk.store.articles(saying: "key", in: "en", seeing: sight).count == count)
                #expect(try await desk.store.articles(like: "Master key", "", in: "en", seeing: sight).count == count)
            }
        }
    }

    @Test("What is brought in again is changed where it differs and left alone where not")
    func bringing() async throws {
        let desk = try TestDesk()
        func bring(_ title: String) async throws -> [ArticleImportOutcome: Int] {
            try await desk.store.bring([
                ImportedArticle(
                    source: "wifi",
                    words: ArticleDraft(language: "en", title: title, text: "Text", readers: .everybody)),
                ImportedArticle(
                    source: "wifi",
                    words: ArticleDraft(language: "sv", title: "Trådlöst nät", text: "Text", readers: .everybody)),
            ])
        }
        #expect(try await bring("Wireless network") == [.added: 1, .changed: 1])
        #expect(try await bring("Wireless network") == [.unchanged: 2])
        #expect(try await bring("The wireless network") == [.changed: 1, .unchanged: 1])
        let count = try await TestDatabase.current.first("select count(*) from article", as: Int64.self)
        #expect(count == 1)
    }
}
