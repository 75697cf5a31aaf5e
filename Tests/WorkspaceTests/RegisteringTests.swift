import Catalogue
import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import HTTP
import Postgres
import PostgresTestSupport
import Testing
import WebTestSupport

@Suite("Registering what is asked by telephone or at the counter", .database(template: TestDesk.template))
struct RegisteringTests {
    private static func form(next: String) -> HTTP.Query {
        [
            "email": "marte@customer.example", "name": "Marte Moe", "channel": "phone", "language": "nb", "site": "OSL",
            "subject": "Forgot the PIN of the badge", "text": "Stands at the gate.", "kind": "service_request",
            "category": "accounts", "impact": "3", "urgency": "1", "next": next,
        ]
    }

    /// How many tickets wait for the routing table.
    private static func toRoute() async throws -> Int {
        let waiting: SQL = "select 1 from jobs.job where kind = 'ticket.route'"
        return try await TestDatabase.current.all(waiting, as: Int.self).count
    }

    @Test("An agent registers a call, goes on with it himself and solves it at first contact: one ticket, answered")
    func solvedAtOnce() async throws {
        let site = try TestSite()
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        expectPage(await browser.get("/desk"))
        #expect(browser.page.contains("href=\"/desk/register\""))
        expectPage(await browser.get("/desk/register"))
        let first = await browser.post("/desk/register", Self.form(next: "mine"))
        #expect(first.status == .seeOther)
        let again = await browser.post("/desk/register", Self.form(next: "mine"))
        #expect(again.fields[.location] == first.fields[.location], "sent twice, registered once")
        let location = try #require(first.fields[.location])
        expectPage(await browser.open(location))
        #expect(browser.page.contains("notice-good") && browser.page.contains("Marte Moe"))

        let start = try #require(location.firstRange(of: "OSL-")).lowerBound
        let number = try #require(TicketNumber(location[start...].prefix { $0 != "?" }))
        let store = site.behind.store
        let view = try #require(await store.view(of: number, seeing: .desk, including: true))
        let kari = try #require(await store.person(at: JourneyOnPagesTests.agent))
        #expect(view.ticket.channel == .phone && view.ticket.state == .inProgress)
        #expect(view.ticket.responsibility.person == kari.id && view.requester.address == "marte@customer.example")
        #expect(view.ticket.times.firstResponse == view.ticket.times.opened, "spoken to, he has his first answer")
        #expect(view.record.ticket.classification.kind == .serviceRequest)
        #expect(try await Self.toRoute() == 0, "nobody routes what somebody goes on with")

        let done = await browser.post(
            "/desk/tickets/\(number)/resolution",
            [
                "outcome": "solved_first_contact", "note": "Set a new PIN.", "knowledge": "too_simple",
                "revision": browser.hidden("revision"),
            ])
        #expect(done.status == .seeOther)
        let after = try #require(await store.view(of: number, seeing: .desk, including: true))
        #expect(after.ticket.outcome == .solvedFirstContact)
        await site.close()
    }

    @Test("Whoever works in no team goes on with nothing himself: what he registers is routed, whatever his form says")
    func noTeam() async throws {
        let site = try TestSite()
        let administrator = "ingrid.solberg@norrsken.example"
        var browser = try await site.browser(of: administrator)
        expectPage(await browser.get("/desk/register"))
        #expect(!browser.page.contains("value=\"mine\""))
        let registered = await browser.post("/desk/register", Self.form(next: "mine"))
        #expect(registered.status == .seeOther)
        let person = try await TestDatabase.current.first("select person from ticket", as: PersonID?.self)
        #expect(person == .some(nil), "nobody has taken it")
        #expect(try await Self.toRoute() == 1)
        await site.close()
    }

    @Test("What is left to the routing table is routed; all faults of a form are told at once")
    func routed() async throws {
        let site = try TestSite()
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await browser.get("/desk/register?language=en")
        let bad = await browser.post("/desk/register", ["email": "nobody", "channel": "smoke", "site": "XXX"])
        expectPage(bad, .unprocessableContent)
        for field in ["email", "subject", "text", "channel", "site"] {
            #expect(bad.text.contains("id=\"register-\(field)-error\""), "\(field)")
        }
        #expect(await browser.post("/desk/register", Self.form(next: "route")).status == .seeOther)
        #expect(try await Self.toRoute() == 1)
        await site.close()
    }
}
