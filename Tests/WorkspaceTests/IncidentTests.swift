import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import HTTP
import Postgres
import PostgresTestSupport
import Testing
import WebTestSupport

@Suite("A major incident and notices on pages", .database(template: TestDesk.template))
struct IncidentTests {
    @Test("An agent announces it by a form, a stranger joins on the portal with one click, and the agent sees how many")
    func announceAndJoin() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        let place = "/desk/tickets/\(ticket.number)"
        var agent = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await agent.get("/desk?language=en")
        expectPage(await agent.get("\(place)/major"))
        expectPage(await agent.post("\(place)/major", ["site": "nowhere"]), .unprocessableContent)
        let announced = await agent.post(
            "\(place)/major", ["site": "", "title_en": "E-mail is slow", "text_en": "We look into it."])
        #expect(announced.status == .seeOther)
        expectPage(await agent.open(announced.fields[.location] ?? "/"))
        #expect(agent.page.contains("notice-good") && agent.page.contains("\(place)/major/end\""))
        #expect(agent.page.contains("<span class=\"badge mark-major\">Major incident</span>"))
        expectPage(await agent.get("/desk"))
        #expect(agent.page.contains("E-mail is slow"))

        var stranger = site.browser()
        expectPage(await stranger.get("/"))
        #expect(stranger.page.contains("E-mail is slow") && !stranger.page.contains(ticket.number.description))
        let start = try #require(stranger.page.firstRange(of: "action=\"/disturbances/"))
        let id = String(stranger.page[start.upperBound...].prefix { $0 != "\"" })
        expectPage(await stranger.post("/disturbances/\(id)", ["email": "nobody"]), .unprocessableContent)
        let joined = await stranger.post("/disturbances/\(id)", ["email": "ola@customer.example"])
        #expect(joined.status == .seeOther)
        expectPage(await stranger.open(joined.fields[.location] ?? "/"))
        expectPage(await agent.get(place))
        #expect(agent.page.contains("People who have joined: 1"))
        let words = String(try #require(agent.page.firstMatch(of: /href="([^"]*\/announcements\/[^"\/]*)"/)).output.1)
        expectPage(await agent.get(words))
        let revision = agent.hidden("revision")
        let faulty: HTTP.Query = ["revision": revision, "title_en": "E-mail is slow", "text_en": ""]
        expectPage(await agent.post(words, faulty), .unprocessableContent)
        let sent: HTTP.Query = ["revision": revision, "title_en": "E-mail is slow", "text_en": "Back at noon."]
        let changed = await agent.post(words, sent)
        #expect(changed.status == .seeOther)
        _ = await agent.get(words)
        expectPage(await agent.post(words, sent), .unprocessableContent)
        expectPage(await stranger.get("/"))
        #expect(stranger.page.contains("Back at noon.") && !stranger.page.contains("We look into it."))
        expectPage(await agent.get(place))
        let ended = await agent.post("\(place)/major/end", [:])
        #expect(ended.status == .seeOther)
        expectPage(await stranger.get("/"))
        #expect(!stranger.page.contains("E-mail is slow"))
        await site.close()
    }

    @Test(
        "The ticket keeps what was announced in the language of whoever reads it, the others folded",
        arguments: [
            ("en", "E-mail is slow", "sv", "Svenska"), ("sv", "E-posten är långsam", "en", "English"),
            ("pl", "E-mail is slow", "sv", "Svenska"),
        ])
    func languages(reader: String, title: String, other: String, name: String) async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        let place = "/desk/tickets/\(ticket.number)"
        var agent = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await agent.get("\(place)/major?language=\(reader)")
        _ = await agent.post(
            "\(place)/major",
            [
                "site": "", "title_en": "E-mail is slow", "text_en": "We look into it.",
                "title_sv": "E-posten är långsam", "text_sv": "Vi undersöker.",
            ])
        expectPage(await agent.get(place))
        let shown = reader == "sv" ? "sv" : "en"
        #expect(agent.page.contains("<div class=\"stack\" lang=\"\(shown)\"><p dir=\"auto\">\(title)</p>"))
        #expect(agent.page.contains("<details class=\"fold\" lang=\"\(other)\"><summary>\(name)</summary>"))
        #expect(!agent.page.contains("\(shown): "))
        await site.close()
    }

    @Test("What is announced is ended by a button while the incident goes on")
    func endAnnouncement() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        let place = "/desk/tickets/\(ticket.number)"
        var agent = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await agent.get("\(place)/major?language=en")
        _ = await agent.post("\(place)/major", ["site": "OSL", "title_en": "E-mail is slow", "text_en": "Wait."])
        expectPage(await agent.get(place))
        let end = String(
            try #require(agent.page.firstMatch(of: /action="([^"]*\/announcements\/[^"]*\/end)"/)).output.1)
        let ended = await agent.post(end, [:])
        expectPage(await agent.open(try #require(ended.fields[.location])))
        #expect(agent.page.contains("mark-major") && !agent.page.contains(end))
        #expect(try await site.behind.store.announcements().isEmpty)
        await site.close()
    }

    @Test("A person reads what he was told, marks it as read, and chooses how he is told")
    func notices() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        let store = site.behind.store
        let kari = try #require(await store.person(at: JourneyOnPagesTests.agent))
        try await store.record(
            on: ticket.number, seeing: .desk,
            Recording(by: .program, note: Note("@kari.nordmann look", visibility: .internal))
        ) { .noteAdded(try #require($0.entry)) }
        try await store.transaction { (transaction: borrowing Transaction) in
            let id = try await transaction.first(
                "select id from letter where audience = 'person' and subject = \(kari.id)", as: Int64.self)
            let key = try #require(id)
            let letter = try #require(await store.letter(key, using: transaction))
            _ = try await transaction.settleRecipients(of: letter, at: TestDesk.monday)
        }
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await browser.get("/desk?language=en")
        expectPage(await browser.get("/desk/notices"))
        #expect(browser.page.contains("You were mentioned") && browser.page.contains(ticket.number.description))
        #expect(browser.page.contains("Unread"))
        #expect(browser.page.contains("<span class=\"visually-hidden\">(1 unread)</span>"))
        expectPage(await browser.get("/desk"))
        #expect(browser.page.contains("<span class=\"nav-count\" aria-hidden=\"true\">1</span>"), "on every page")
        _ = await browser.get("/desk/notices")
        let read = await browser.post("/desk/notices/read", ["through": browser.hidden("through")])
        expectPage(await browser.open(read.fields[.location] ?? "/"))
        #expect(!browser.page.contains("Unread") && !browser.page.contains("nav-count"))
        expectPage(await browser.get("/desk/notices/settings"))
        let saved = await browser.post("/desk/notices/settings", ["mentioned": "off", "assigned": "off"])
        expectPage(await browser.open(saved.fields[.location] ?? "/"))
        let ways = try await store.noticeWays(of: kari.id)
        #expect(ways[.mentioned] == .off && ways[.assigned] == .mail)
        await site.close()
    }
}
