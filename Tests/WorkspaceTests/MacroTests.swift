import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import HTTP
import PostgresTestSupport
import Testing
import WebTestSupport

@Suite("Macros on pages", .database(template: TestDesk.template))
struct MacroTests {
    @Test("One click does all of it, and the ticket tells by which macro; what cannot be done is told and nothing done")
    func run() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        let place = "/desk/tickets/\(ticket.number)"
        var agent = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await agent.get("/desk?language=en")
        expectPage(await agent.get(place))
        #expect(agent.page.contains("Password was reset"))
        let revision = String(ticket.revision)
        let done = await agent.post("\(place)/macros", ["macro": "password-reset", "revision": revision])
        #expect(done.status == .seeOther)
        expectPage(await agent.open(done.fields[.location] ?? "/"))
        #expect(agent.page.contains("The macro “Password was reset” was run."))
        #expect(agent.page.contains("Macro run: <bdi>Password was reset</bdi> · <bdi>Kari Nordmann</bdi>"))
        _ = await agent.get("\(place)?macro=gone")
        #expect(!agent.page.contains("notice-good"))
        let view = try #require(await site.behind.store.view(of: ticket.number, seeing: .desk, including: true))
        #expect(view.ticket.outcome == .solvedFirstContact && view.ticket.classification.tags == ["password"])
        let stale = await agent.post("\(place)/macros", ["macro": "password-reset", "revision": revision])
        expectPage(stale, .preconditionFailed)
        let present = String(view.ticket.revision)
        expectPage(
            await agent.post("\(place)/macros", ["macro": "network-facts", "revision": present]), .conflict)
        #expect(agent.page.contains("Step 2:"))
        let after = try #require(await site.behind.store.view(of: ticket.number, seeing: .desk, including: true))
        #expect(after.ticket.revision == view.ticket.revision && after.entries.count == view.entries.count)
        expectPage(await agent.post("\(place)/macros", ["macro": "gone", "revision": present]), .unprocessableContent)
        await site.close()
    }

    @Test("Without macros there is no trace of them")
    func none() async throws {
        let edited = try TestDesk.organisation { $0["macros"] = [[String: Any]]() }
        _ = try await TestDesk().store.apply(edited, by: "the tests")
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        var agent = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await agent.get("/desk?language=en")
        expectPage(await agent.get("/desk/tickets/\(ticket.number)"))
        #expect(!agent.page.contains("id=\"macros\""))
        await site.close()
    }
}
