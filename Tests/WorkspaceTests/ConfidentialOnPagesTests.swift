import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import HTTP
import Postgres
import PostgresTestSupport
import Testing
import WebTestSupport

@testable import Workspace

@Suite("A confidential team's tickets on pages", .database(template: TestDesk.template))
struct ConfidentialOnPagesTests {
    /// What an agent of the first line has written to the confidential team, and what that says of it to itself.
    private func ownMatter(on site: TestSite) async throws -> Ticket {
        let directory = try await site.behind.store.directory()
        let (oslo, team) = try (#require(directory.sites["OSL"]), #require(directory.teams["osl-staff"]))
        let submission = TestDesk.submission(from: JourneyOnPagesTests.agent, at: oslo, subject: "Feil i lønn")
        let number = try await site.desk.store.accept(submission).ticket.number
        let place = try #require(directory.responsibility(of: team, at: oslo))
        try await site.behind.store.record(on: number, seeing: .desk, Recording(by: .program)) { _ in
            .routed(place, rule: "test")
        }
        let note = Note("She is to be dismissed.", visibility: .internal)
        return try await site.behind.store.record(on: number, seeing: .desk, Recording(by: .program, note: note)) {
            .noteAdded(try #require($0.entry))
        }.ticket
    }

    @Test("An agent reads his own as its requester: without what the desk says to itself, and without any action")
    func own() async throws {
        let site = try TestSite()
        let ticket = try await ownMatter(on: site)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        let (place, own) = ("/desk/tickets/\(ticket.number)", "/tickets/\(ticket.number)")
        let shown = await browser.get(place)
        #expect(shown.status == .seeOther && shown.fields[.location] == own)
        expectPage(await browser.get(own))
        #expect(browser.page.contains("Feil i lønn") && !browser.page.contains("dismissed"))
        let token = browser.token
        for action in TicketAction.allCases {
            let done = await browser.post(
                "\(place)/\(action.rawValue)", ["note": "I", "team": "OSL:osl-first"], token: token)
            #expect(done.status == .notFound, "\(action.rawValue): \(done.status)")
        }
        for page in ["related", "split", "major"] {
            #expect(await browser.get("\(place)/\(page)").status == .notFound, "\(page)")
        }
        expectPage(await browser.get("/desk"))
        #expect(!browser.page.contains("Feil i lønn"))
        let log = try await site.behind.store.view(of: ticket.number, seeing: .desk, including: true)
        #expect(log?.ticket == ticket, "nothing was done to it")
        await site.close()
    }

    @Test("Its own people resolve it with an article that they begin, and with one that only they read")
    func resolve() async throws {
        let site = try TestSite()
        let (first, second) = (try await ownMatter(on: site), try await ownMatter(on: site))
        let directory = try await site.behind.store.directory()
        let team = try #require(directory.teams["osl-staff"])
        let words = ArticleDraft(language: "nb", title: "Lønn", text: "Rett den.", readers: .team(team))
        _ = try await site.behind.store.bring([ImportedArticle(source: "pay", words: words)])
        let article = try #require(
            await TestDatabase.current.first("select uuid::text from article where source = 'pay'", as: String.self))
        var browser = try await site.browser(of: "marit.dahl@norrsken.example")
        for (ticket, knowledge) in [(first, "draft"), (second, "article:\(article)")] {
            let place = "/desk/tickets/\(ticket.number)"
            expectPage(await browser.get(place))
            let values: HTTP.Query = [
                "outcome": "solved", "note": "Corrected.", "knowledge": knowledge,
                "revision": browser.hidden("revision"),
            ]
            let done = await browser.post("\(place)/resolution", values)
            #expect(done.status == .seeOther, "\(knowledge): \(done.status)")
            #expect(try await JourneyOnPagesTests.state(of: ticket, on: site).state == .resolved)
        }
        await site.close()
    }
}
