import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import HTTP
import Postgres
import PostgresTestSupport
import Testing
import WebTestSupport

/// A site's database may be a quarter of a second away, so what counts is how often a page waits for it.
@Suite("Round trips of pages", .database(template: TestDesk.template))
struct RoundTripsTests {
    /// How often the desk waits for its database while a page is made: one time to know who asks, one for the page.
    private func trips(
        _ path: String, in browser: inout Browser, _ site: TestSite, sourceLocation: SourceLocation = #_sourceLocation
    ) async -> Int {
        // The organisation is read once for each of its versions, whichever page is the first.
        _ = await browser.get(path)
        let before = site.desk.store.database.roundTrips
        expectPage(await browser.get(path), sourceLocation: sourceLocation)
        return site.desk.store.database.roundTrips - before
    }

    @Test("A ticket with all that stands around it, and the queue, take two")
    func workspace() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        #expect(await trips("/desk/tickets/\(ticket.number)", in: &browser, site) == 2)
        #expect(await trips("/desk", in: &browser, site) == 2)
        #expect(await trips("/desk?show=teams&site=OSL", in: &browser, site) == 2)
        #expect(await trips("/desk/mail?kind=request", in: &browser, site) == 2)
        await site.close()
    }

    @Test("What a requester asked, and the form to ask with, take two")
    func portal() async throws {
        let site = try TestSite()
        let ticket = try await site.desk.store.accept(TestDesk.submission()).ticket
        let identity = try await site.behind.store.transaction { (transaction: borrowing Transaction) in
            try await transaction.conversation(of: ticket.id)
        }
        let key = site.website.links.text(for: try #require(identity))
        var browser = site.browser()
        #expect(await trips("/tickets/\(ticket.number)?key=\(key)", in: &browser, site) == 2)
        #expect(await trips("/", in: &browser, site) == 2)
        var agent = try await site.browser(of: JourneyOnPagesTests.agent)
        #expect(await trips("/tickets", in: &agent, site) == 2)
        await site.close()
    }
}
