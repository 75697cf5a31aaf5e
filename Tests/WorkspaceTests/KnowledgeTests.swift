import Catalogue
import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import Foundation
import HTTP
import JSON
import Postgres
import PostgresTestSupport
import Testing
import TimeZones
import WebTestSupport

@Suite("Knowledge on an agent's pages", .database(template: TestDesk.template))
struct KnowledgeTests {
    private func bring(_ title: String, _ text: String, on site: TestSite, _ language: String = "nb") async throws {
        let words = ArticleDraft(language: language, title: title, text: text, readers: .everybody)
        _ = try await site.behind.store.bring([ImportedArticle(source: title, words: words)])
    }

    private func knowledge(of ticket: Ticket, on site: TestSite) async throws -> Ticket.Knowledge? {
        let view = try #require(await site.behind.store.view(of: ticket.number, seeing: .desk, including: true))
        guard case .resolved(_, _, let knowledge) = view.log.last?.recorded.event else { return nil }
        return knowledge
    }

    @Test("A known solution is shown on the ticket, sent with one click and named when the ticket is resolved")
    func use() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        try await bring("Printer on fire", "Pull the plug of the printer.", on: site)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        let place = "/desk/tickets/\(ticket.number)"
        expectPage(await browser.get(place))
        let use = try #require(browser.page.firstMatch(of: /href="([^"]+\?article=[^"]+)"/)).output.1
        expectPage(await browser.get(String(use)))
        #expect(browser.page.contains("Pull the plug of the printer.</textarea>"))
        let article = browser.hidden("article")
        let sent = await browser.post(
            place + "/replies",
            ["note": "Pull the plug.", "article": article, "revision": browser.hidden("revision")])
        #expect(sent.status == .seeOther)
        expectPage(await browser.get(place))
        #expect(browser.page.contains("value=\"article:\(article)\""))
        let resolved = await browser.post(
            place + "/resolution",
            [
                "outcome": "solved", "note": "It is out.", "knowledge": "article:\(article)",
                "revision": browser.hidden("revision"),
            ])
        #expect(resolved.status == .seeOther)
        guard case .article = try await knowledge(of: ticket, on: site) else {
            Issue.record("the resolution names no article")
            return
        }
        expectPage(await browser.get("/desk/articles/\(article)"))
        #expect(browser.page.contains(ticket.number.description))
        await site.close()
    }

    @Test("A person who resolves says what helps the next time; what is no solution asks for nothing")
    func required() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        let place = "/desk/tickets/\(ticket.number)"
        for said in ["", "not_said", "article:", "article:\(UUID().uuidString)", "article:x"] {
            _ = await browser.get(place)
            let refused = await browser.post(
                place + "/resolution",
                ["outcome": "solved", "note": "Done.", "knowledge": said, "revision": browser.hidden("revision")])
            expectPage(refused, .unprocessableContent)
            #expect(refused.text.contains("id=\"resolution-knowledge-error\""), "\(said)")
            #expect(refused.text.contains(">Done.</textarea>"))
        }
        let none = await browser.post(place + "/resolution", ["note": "Done.", "knowledge": "one_off"])
        expectPage(none, .unprocessableContent)
        #expect(none.text.contains("id=\"resolution-outcome-error\""))
        let withdrawn = await browser.post(place + "/resolution", ["outcome": "withdrawn", "note": "Never mind."])
        #expect(withdrawn.status == .seeOther)
        #expect(try await knowledge(of: ticket, on: site) == nil)
        await site.close()
    }

    @Test("An article begun from a ticket has its subject and solution, is a draft, and a lead publishes it")
    func draft() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        let place = "/desk/tickets/\(ticket.number)"
        _ = await browser.get(place)
        let resolved = await browser.post(
            place + "/resolution",
            ["outcome": "solved", "note": "Pour water on it.", "knowledge": "draft"])
        #expect(resolved.status == .seeOther)
        expectPage(await browser.get("/desk/articles?state=draft"))
        let link = try #require(browser.page.firstMatch(of: /href="(\/desk\/articles\/[0-9a-f-]{36})\?in=nb"/))
        let article = String(link.output.1)
        expectPage(await browser.get(article))
        #expect(browser.page.contains("The printer is on fire") && browser.page.contains("Pour water on it."))
        #expect(!browser.page.contains("/publication"))
        let refused = await browser.post(article + "/publication", ["language": "nb"])
        #expect(refused.status == .forbidden)
        var lead = try await site.browser(of: "ola.hansen@norrsken.example")
        _ = await lead.get(article)
        let published = await lead.post(article + "/publication", ["language": "nb"])
        #expect(published.status == .seeOther, "\(published.text)")
        expectPage(await lead.open(published.fields[.location] ?? "/"))
        #expect(lead.page.contains("state-resolved"))
        await site.close()
    }

    @Test("An article that is not offered is looked for within the form, with what was written kept")
    func find() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        try await bring("Vannkoker", "Fyll i vann.", on: site)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        let place = "/desk/tickets/\(ticket.number)"
        _ = await browser.get(place)
        let found = await browser.post(
            place + "/resolution",
            ["outcome": "solved", "note": "Kept words", "words": "vannkoker", "find": "yes"])
        expectPage(found)
        #expect(found.text.contains("Vannkoker</option>") && found.text.contains("Kept words</textarea>"))
        #expect(try await JourneyOnPagesTests.state(of: ticket, on: site).state != .resolved)
        await site.close()
    }

    @Test("An article is written, its faults told at once, edited by two, and kept with every version")
    func writing() async throws {
        let site = try TestSite()
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        expectPage(await browser.get("/desk/articles"))
        expectPage(await browser.get("/desk/articles/new"))
        let faulty = await browser.post("/desk/articles", ["language": "nb", "readers": "team:none"])
        expectPage(faulty, .unprocessableContent)
        for field in ["title", "text", "readers"] { #expect(faulty.text.contains("id=\"article-\(field)-error\"")) }
        let begun = await browser.post(
            "/desk/articles",
            ["language": "en", "title": "One <b>", "text": "# Big\n\n<script>", "readers": "internal"])
        #expect(begun.status == .seeOther)
        let place = String(try #require(begun.fields[.location]).prefix { $0 != "?" })
        expectPage(await browser.open(try #require(begun.fields[.location])))
        #expect(browser.page.contains("One &lt;b&gt;"))
        expectPage(await browser.get(place + "/edit?in=en"))
        #expect(browser.hidden("number") == "1")
        let values: HTTP.Query = [
            "language": "en", "number": "1", "title": "Two", "text": "Words", "readers": "public",
        ]
        #expect(await browser.post(place + "/versions", values).status == .seeOther)
        let late = await browser.post(place + "/versions", values)
        expectPage(late, .unprocessableContent)
        #expect(browser.hidden("number") == "2")
        expectPage(await browser.get(place + "/edit?in=sv"))
        #expect(browser.hidden("number") == "")
        await site.close()
    }

    @Test("Switched off, the module leaves no trace on any page")
    func switchedOff() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        try await bring("Printer on fire", "Pull the plug of the printer.", on: site)
        try await Self.switchOff(on: site)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        let place = "/desk/tickets/\(ticket.number)"
        expectPage(await browser.get(place))
        for trace in ["/desk/articles", "name=\"knowledge\"", "Printer on fire</a>", "article="] {
            #expect(!browser.page.contains(trace), "\(trace)")
        }
        for path in ["/desk/articles", "/desk/articles/new", "/articles", "/desk/articles/\(UUID().uuidString)"] {
            #expect(await browser.get(path).status == .notFound, "\(path)")
        }
        _ = await browser.get(place)
        let resolved = await browser.post(place + "/resolution", ["outcome": "solved", "note": "Done."])
        #expect(resolved.status == .seeOther)
        #expect(try await knowledge(of: ticket, on: site) == nil)
        await site.close()
    }

    static func switchOff(on site: TestSite) async throws {
        let file = TestDesk.root.appending(path: "Deploy/example/organisation.json")
        let text = try String(contentsOf: file, encoding: .utf8).replacing("[\"knowledge\"]", with: "[]")
        let organisation = try Organisation(json: JSON.parse(text)) { try TestDesk.zones.zone($0) }
        _ = try await site.behind.store.apply(organisation, by: "the test")
    }
}
