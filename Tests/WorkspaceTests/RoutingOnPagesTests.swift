import Catalogue
import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import HTTP
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing
import WebTestSupport

@Suite("Routing on the agent's pages", .database(template: TestDesk.template))
struct RoutingOnPagesTests {
    /// A ticket that the table has routed.
    private func routed(_ subject: String, on site: TestSite) async throws -> Ticket {
        let store = site.behind.store
        let oslo = try await store.directory().sites["OSL"]
        let ticket = try await store.accept(TestDesk.submission(at: oslo, subject: subject)).ticket
        let outcome = try await store.transaction { (transaction: borrowing Transaction) in
            try await store.route(ticket.id, cause: "test", using: transaction)
        }
        guard case .routed(let record, _) = outcome else { throw NoOrganisation() }
        return record.ticket
    }

    @Test("The page says why the ticket is here, in the agent's language", arguments: Language.allCases)
    func why(language: Language) async throws {
        let site = try TestSite()
        let ticket = try await routed("Skriveren haster", on: site)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await browser.get("/desk?language=\(language.tag)")
        let page = await browser.get("/desk/tickets/\(ticket.number)")
        expectPage(page)
        let wording = Wording(language)
        for text in [wording(.whyTitle), "Words of printing", "“skriver*”", wording(.whyOpen), wording(.fact, "text")] {
            #expect(page.text.contains(text), "\(text)")
        }
        await site.close()
    }

    @Test("After a hand-over the page says who moved the ticket, and keeps the table's reasons for whoever asks")
    func handedOver() async throws {
        let site = try TestSite()
        let ticket = try await routed("Skriveren haster", on: site)
        let place = "/desk/tickets/\(ticket.number)"
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        let wording = Wording(.norwegian)
        _ = await browser.get(place)
        #expect(!browser.page.contains(wording(.whyBefore)))
        _ = try await browser.handOver(place)
        expectPage(await browser.get(place))
        let panel = try #require(browser.page.firstRange(of: "<h2 id=\"why\">"))
        let text = browser.page[panel.upperBound...]
        let moved = try #require(text.firstRange(of: " · <bdi>Kari Nordmann</bdi>"))
        let before = try #require(text.firstRange(of: wording(.whyBefore)))
        #expect(moved.upperBound < before.lowerBound)
        await site.close()
    }

    @Test("A priority of one's own needs a reason, is shown with it, and stays when the urgency changes")
    func classify() async throws {
        let site = try TestSite()
        let ticket = try await routed("Hei", on: site)
        let place = "/desk/tickets/\(ticket.number)"
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await browser.get(place)
        func form(_ priority: String, _ note: String, urgency: String = "2", tags: String = "") -> HTTP.Query {
            [
                "kind": "incident", "category": "mail", "impact": "2", "urgency": urgency, "priority": priority,
                "note": note, "tags": tags, "revision": browser.hidden("revision"),
            ]
        }
        let bare = await browser.post("\(place)/classification", form("1", ""))
        #expect(bare.status == .unprocessableContent)
        expectPage(bare, .unprocessableContent)
        #expect(bare.text.contains(Wording(.norwegian)(.errorPriorityReason)))
        let done = await browser.post("\(place)/classification", form("1", "The director waits.", tags: "vpn board"))
        #expect(done.status == .seeOther)
        let page = await browser.open(done.fields[.location] ?? "/")
        expectPage(page)
        #expect(page.text.contains("The director waits.") && page.text.contains("board, vpn"))
        let changed = await browser.post("\(place)/classification", form("1", "", urgency: "3", tags: "vpn board"))
        #expect(changed.status == .seeOther)
        let after = try await JourneyOnPagesTests.state(of: ticket, on: site).classification
        #expect(after.priority == .critical && after.basis == .person && after.urgency == .low)
        _ = await browser.get(place)
        let released = await browser.post("\(place)/classification", form("", "", urgency: "3"))
        #expect(released.status == .seeOther)
        let last = try await JourneyOnPagesTests.state(of: ticket, on: site).classification
        #expect(last.basis == .matrix && last.priority == .low && last.tags.isEmpty)
        await site.close()
    }

    @Test("One click says that an agent is away, until an hour if he gives one")
    func availability() async throws {
        let site = try TestSite()
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        let kari = try #require(await site.behind.store.person(at: JourneyOnPagesTests.agent)).id
        expectPage(await browser.get("/desk"))
        let busy = await browser.post("/desk/availability", ["state": "busy", "until": ""])
        #expect(busy.status == .seeOther)
        expectPage(await browser.open(busy.fields[.location] ?? "/"))
        #expect(try await site.behind.store.availability(of: kari).state == .busy)
        site.behind.time.advance(by: .seconds(1))
        site.desk.time.advance(by: .seconds(1))
        _ = await browser.post("/desk/availability", ["state": "away", "until": "2026-03-02T12:00"])
        let now = try await site.behind.store.availability(of: kari)
        #expect(now.state == .away && now.until?.rfc3339 == "2026-03-02T11:00:00Z", "by the clock in Oslo")
        await site.close()
    }

    @Test("Route again leaves the decision to the routing worker, once for each click")
    func reroute() async throws {
        let site = try TestSite()
        let ticket = try await routed("Hei", on: site)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        let place = "/desk/tickets/\(ticket.number)"
        _ = await browser.get(place)
        try await TestDatabase.current.run("delete from jobs.job")
        let done = await browser.post("\(place)/routing", ["revision": browser.hidden("revision")])
        #expect(done.status == .seeOther)
        expectPage(await browser.open(done.fields[.location] ?? "/"))
        let jobs = try await TestDatabase.current.all("select arguments::text from jobs.job", as: String.self)
        #expect(jobs.count == 1 && jobs.first?.contains("asker") == true)
        await site.close()
    }

    @Test("A confidential ticket is on no page of an agent or an administrator outside its team")
    func confidential() async throws {
        let site = try TestSite()
        let ticket = try await routed("Feil i lønn", on: site)
        for outsider in ["kari.nordmann", "ingrid.solberg", "ola.hansen"] {
            var browser = try await site.browser(of: "\(outsider)@norrsken.example")
            #expect(await browser.get("/desk/tickets/\(ticket.number)").status == .notFound)
            for list in ["/desk", "/desk?show=open", "/desk?team=osl-staff", "/desk?site=OSL"] {
                let page = await browser.get(list)
                #expect(!page.text.contains(ticket.number.description) && !page.text.contains("lønn"), "\(list)")
            }
            let click = await browser.post("/desk/tickets/\(ticket.number)/routing", ["revision": "3"])
            #expect(click.status == .notFound)
        }
        var insider = try await site.browser(of: "marit.dahl@norrsken.example")
        #expect(await insider.get("/desk/tickets/\(ticket.number)").status == .ok)
        await site.close()
    }
}
