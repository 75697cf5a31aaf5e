import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import Foundation
import HTTP
import Postgres
import PostgresTestSupport
import Testing
import WebTestSupport

@Suite("Finding an answer without asking", .database(template: TestDesk.template))
struct HelpingTests {
    private func bring(_ title: String, _ text: String, for readers: Article.Readers, on site: TestSite) async throws {
        let words = ArticleDraft(language: "en", title: title, text: text, readers: readers)
        _ = try await site.behind.store.bring([ImportedArticle(source: title, words: words)])
    }

    private var tickets: Int? {
        get async throws { try await TestDatabase.current.first("select count(*) from ticket", as: Int.self) }
    }

    @Test("What may solve it is shown before the request is taken, with everything that was written, and once only")
    func similar() async throws {
        let site = try TestSite()
        try await bring("A printer on fire", "Pull the plug.", for: .everybody, on: site)
        try await bring("Printer fire insurance", "Our policy number.", for: .desk, on: site)
        var browser = site.browser()
        _ = await browser.get("/")
        let shown = await browser.post("/tickets", AskingTests.request)
        expectPage(shown)
        #expect(shown.text.contains("A printer on fire</summary>") && shown.text.contains("Pull the plug."))
        #expect(!shown.text.contains("insurance"))
        for kept in ["kari@customer.example", "Kari Nordmann", "The printer is on fire", "Smoke comes out of it."] {
            #expect(shown.text.contains(kept), "\(kept)")
        }
        #expect(try await tickets == 0)
        var again = AskingTests.request
        again.append("shown", browser.hidden("shown"))
        #expect(await browser.post("/tickets", again).status == .seeOther)
        #expect(try await tickets == 1)
        await site.close()
    }

    @Test("A request that nothing answers is taken at once, with its files")
    func taken() async throws {
        let site = try TestSite()
        try await bring("Parking", "Ask the reception.", for: .everybody, on: site)
        var browser = site.browser()
        _ = await browser.get("/")
        let files = [(name: "a.txt", type: "text/plain", bytes: Array("hot".utf8))]
        let taken = await browser.post("/tickets", AskingTests.request, files: files)
        #expect(taken.fields[.location]?.hasPrefix("/tickets/OSL-1/receipt") == true)
        await site.close()
    }

    @Test("That an article helped is counted on it, once for each visitor")
    func solved() async throws {
        let site = try TestSite()
        try await bring("A printer on fire", "Pull the plug.", for: .everybody, on: site)
        var browser = site.browser()
        expectPage(await browser.get("/articles"))
        expectPage(await browser.get("/articles?q=printers"))
        let link = try #require(browser.page.firstMatch(of: /href="(\/articles\/[0-9a-f-]{36})"/)).output.1
        expectPage(await browser.get(String(link)))
        let token = browser.token
        for _ in 1...2 { expectPage(await browser.post("\(link)/solved", [:], token: token)) }
        let uses = try await TestDatabase.current.first(
            "select sum(uses) from article_use where kind = 'self_served'", as: Int64.self)
        #expect(uses == 1)
        #expect(try await tickets == 0)
        await site.close()
    }

    @Test("Internal articles and drafts do not exist for requesters, not even for an agent on the portal")
    func hidden() async throws {
        let site = try TestSite()
        try await bring("Master key", "Behind the door.", for: .desk, on: site)
        let uuid = try #require(
            await TestDatabase.current.first("select uuid::text from article", as: String.self))
        var browsers = [site.browser(), try await site.browser(of: "kari.nordmann@norrsken.example")]
        for index in browsers.indices {
            #expect(await browsers[index].get("/articles/\(uuid)").status == .notFound)
            let found = await browsers[index].get("/articles?q=key")
            expectPage(found)
            #expect(!found.text.contains("Master"))
        }
        #expect(await browsers[0].get("/articles/nonsense").status == .notFound)
        await site.close()
    }
}
