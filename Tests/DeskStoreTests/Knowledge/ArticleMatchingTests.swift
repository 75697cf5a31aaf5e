import Desk
import DeskStore
import DeskTestSupport
import Foundation
import Postgres
import PostgresTestSupport
import Testing

@Suite("Known solutions for a request", .database(template: TestDesk.template))
struct ArticleMatchingTests {
    @Test("The article with the telling words is offered first, and one that shares only common words not at all")
    func telling() async throws {
        let desk = try TestDesk()
        try await desk.publish("The label printer prints blank labels", "Clean the print head of the label printer.")
        for floor in 1...9 { try await desk.publish("Printer on floor \(floor)", "The printer is behind the stairs.") }
        try await desk.publish("Parking at the office", "Ask the reception for a card.")
        let hits = try await desk.store.articles(
            like: "Blank labels", "Hello, since this morning the printer in the warehouse gives blank labels. Thanks!",
            in: "en", seeing: Sight())
        #expect(hits.first?.version.title == "The label printer prints blank labels")
        let none = try await desk.store.articles(
            like: "Coffee machine", "It leaks on the carpet.", in: "en", seeing: Sight())
        #expect(none.isEmpty)
    }

    @Test("What is taken back is offered no more, and its words count no more")
    func retired() async throws {
        let desk = try TestDesk()
        let sight = try await desk.sight(of: "kari.nordmann")
        let article = try await desk.publish("Toner is empty", "Replace the toner.")
        func offered() async throws -> Int {
            try await desk.store.articles(like: "Toner empty", "", in: "en", seeing: sight).count
        }
        #expect(try await offered() == 1)
        #expect(try await desk.store.retire(article.id, in: "en", .published, seeing: sight))
        #expect(try await offered() == 0)
        let left = try await TestDatabase.current.first("select sum(articles) from article_word", as: Int64.self)
        #expect(left == 0)
    }

    @Test("With 20,000 articles a suggestion takes a moment, and reads no table from end to end")
    func speed() async throws {
        let desk = try TestDesk()
        try await Self.fill()
        try await TestDesk.playing("meridian_intake") { gateway in
            let (subject, text) = try await Self.request()
            var shortest = Duration.seconds(60)
            for _ in 1...7 {
                let clock = ContinuousClock()
                let start = clock.now
                let hits = try await gateway.store.articles(like: subject, text, in: "en", seeing: Sight())
                shortest = min(shortest, clock.now - start)
                #expect(hits.count > 0)
            }
            print("a suggestion among 20,000 articles: \(shortest)")
            #expect(shortest < .milliseconds(40))
            let scans = try await gateway.store.transaction { transaction in
                _ = try await transaction.all(
                    "explain analyze select * from match_articles('en', \(subject), \(text), 3)", as: String.self)
                return try await transaction.all(
                    """
                    select relname::text, seq_scan, idx_scan from pg_stat_xact_user_tables
                    where relname in ('article', 'article_version', 'article_word')
                    """, as: (String, Int64, Int64).self)
            }
            #expect(scans.count == 3)
            for scan in scans {
                #expect(scan.1 == 0, "\(scan.0) was read from end to end")
                #expect(scan.2 > 0, "\(scan.0) was not reached along an index")
            }
            let search = try await gateway.store.transaction { transaction in
                try await transaction.all(
                    """
                    explain select 1 from article_version v where v.words @@ websearch_to_tsquery('english', 'w17b w29c')
                    and v.state = 'published'
                    """, as: String.self)
            }
            #expect(!search.isEmpty)
        }
        _ = desk
    }

    /// Texts whose words are as common as in any language: the tenth of them a tenth as often as the first.
    private static func fill() async throws {
        try await TestDatabase.current.run("select setseed(0.42)")
        try await TestDatabase.current.run(
            """
            insert into article (id, visibility, versions, created_at, updated_at)
            select n, case when n % 3 = 0 then 'internal' else 'public' end, 1, now(), now()
            from generate_series(1, 20000) n
            """)
        try await TestDatabase.current.run(
            """
            insert into article_version (article, number, language, state, visibility, title, text, at)
            select n, 1, 'en', 'published', 'public', \(words(6)), \(words(90)), now()
            from generate_series(1, 20000) n
            """)
        for table in ["article", "article_version", "article_word"] as [StaticString] {
            try await TestDatabase.current.run("analyze \(identifier: "\(table)")")
        }
    }

    private static func words(_ count: Int) -> SQL {
        """
        (select string_agg('w' || floor(exp(random() * 10.3))::int || substr('abcdefgh', ((n + g) % 8) + 1, 1), ' ')
            from generate_series(1, \(count)::int) g)
        """
    }

    private static func request() async throws -> (String, String) {
        let row = try await TestDatabase.current.first(
            "select title, text from article_version where article = 4711", as: (String, String).self)
        return try #require(row)
    }
}
