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

@Suite("An agent's pages", .database(template: TestDesk.template))
struct JourneyOnPagesTests {
    static let agent = "kari.nordmann@norrsken.example"

    /// A ticket that has been routed to the first line of its site.
    static func routed(on site: TestSite) async throws -> Ticket {
        let directory = try await site.behind.store.directory()
        let oslo = directory.sites["OSL"]
        let ticket = try await site.desk.store.accept(TestDesk.submission(at: oslo)).ticket
        return try await site.behind.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) {
            .routed($0.ticket.responsibility, rule: "test")
        }.ticket
    }

    static func state(of ticket: Ticket, on site: TestSite) async throws -> Ticket {
        try #require(await site.behind.store.view(of: ticket.number, seeing: .desk, including: true)).ticket
    }

    @Test("Take, reply, note, ask, refer, answer, recall, resolve, reopen, close: a whole journey by forms alone")
    func journey() async throws {
        let site = try TestSite()
        let ticket = try await Self.routed(on: site)
        let place = "/desk/tickets/\(ticket.number)"
        var browser = try await site.browser(of: Self.agent)
        let supplier = try #require(try await site.behind.store.directory().organisation.suppliers.first).code
        let steps: [(action: String, values: HTTP.Query, state: Ticket.State)] = [
            ("assignment", [:], .assigned), ("work", [:], .inProgress),
            ("replies", ["note": "We are looking at it."], .inProgress),
            ("notes", ["note": "It is the old printer."], .inProgress),
            ("questions", ["note": "Which floor?"], .waitingRequester), ("resumption", [:], .inProgress),
            ("referrals", ["supplier": supplier, "note": "Send somebody."], .waitingSupplier),
            ("recalls", ["supplier": supplier, "note": ""], .inProgress),
            ("resolution", ["outcome": "solved", "note": "It prints again.", "knowledge": "one_off"], .resolved),
            ("reopenings", ["reason": "not_solved", "note": ""], .inProgress),
            (
                "resolution", ["outcome": "worked_around", "note": "Use the other one.", "knowledge": "draft"],
                .resolved
            ),
            ("closure", [:], .closed),
        ]
        for step in steps {
            site.desk.time.advance(by: .seconds(300))
            expectPage(await browser.get(place))
            #expect(browser.page.contains("\(place)/\(step.action)\""), "\(step.action) is offered")
            var values = step.values
            values.append("revision", browser.hidden("revision"))
            let done = await browser.post("\(place)/\(step.action)", values)
            #expect(done.status == .seeOther, "\(step.action)")
            expectPage(await browser.open(done.fields[.location] ?? "/"))
            #expect(browser.page.contains("notice-good"))
            #expect(try await Self.state(of: ticket, on: site).state == step.state, "\(step.action)")
        }
        await site.close()
    }

    @Test("A supplier's question is answered on the page, and the supplier has the ticket again")
    func answer() async throws {
        let site = try TestSite()
        let ticket = try await Self.routed(on: site)
        let directory = try await site.behind.store.directory()
        let code = try #require(directory.organisation.suppliers.first?.code)
        let supplier = try #require(directory.suppliers[code])
        let store = site.behind.store
        try await store.record(
            on: ticket.number, seeing: .desk, Recording(by: .program, note: Note("Please.", visibility: .internal))
        ) { .referred(supplier, note: $0.entry) }
        try await store.record(
            on: ticket.number, seeing: .desk,
            Recording(by: .supplier(supplier), note: Note("Which model?", visibility: .internal))
        ) { .supplierAsked(supplier, note: try #require($0.entry)) }
        site.desk.time.advance(by: .seconds(3 * 3_600 + 20 * 60 + 30))
        var browser = try await site.browser(of: Self.agent)
        let place = "/desk/tickets/\(ticket.number)"
        let page = await browser.get(place)
        #expect(page.text.contains("Which model?"))
        let age = Wording(.norwegian).duration(.seconds(3 * 3_600 + 20 * 60))
        #expect(page.text.contains("<dd>\(age)</dd>"), "how long the supplier has it")
        let done = await browser.post(
            "\(place)/answers", ["supplier": code, "note": "X-100", "revision": browser.hidden("revision")])
        #expect(done.status == .seeOther)
        #expect(try await Self.state(of: ticket, on: site).holder == .supplier(supplier))
        await site.close()
    }

    @Test("A ticket handed over out of sight leaves its agent at the queue, told where it went")
    func handOver() async throws {
        let site = try TestSite()
        let ticket = try await Self.routed(on: site)
        let directory = try await site.behind.store.directory()
        let team = try #require(directory.organisation.teams.first { $0.tier == 2 && !$0.isConfidential })
        var browser = try await site.browser(of: Self.agent)
        let place = "/desk/tickets/\(ticket.number)"
        _ = await browser.get(place)
        let after = await browser.open(try await browser.handOver(place, to: "\(team.sites[0]):\(team.code)"))
        expectPage(after)
        #expect(after.text.contains("notice-good"))
        let view = try await Self.state(of: ticket, on: site)
        #expect(view.responsibility.place.team == directory.teams[team.code])
        await site.close()
    }

    @Test("What the rules refuse is said in words on the ticket's page, with all that was written")
    func refusal() async throws {
        let site = try TestSite()
        let ticket = try await Self.routed(on: site)
        var browser = try await site.browser(of: Self.agent)
        let place = "/desk/tickets/\(ticket.number)"
        _ = await browser.get(place)
        let refused = await browser.post("\(place)/closure", ["revision": browser.hidden("revision")])
        expectPage(refused, .conflict)
        #expect(refused.text.contains(Wording(.norwegian)(.refusalIsNotResolved)))
        let faulty = await browser.post(
            "\(place)/resolution", ["note": "Half a solution", "revision": browser.hidden("revision")])
        expectPage(faulty, .unprocessableContent)
        #expect(faulty.text.contains("Half a solution"))
        #expect(faulty.text.contains(Wording(.norwegian)(.errorOutcomeMissing)))
        await site.close()
    }

    @Test("The summary of errors names them in the order of the fields")
    func order() async throws {
        let site = try TestSite()
        let ticket = try await Self.routed(on: site)
        var browser = try await site.browser(of: Self.agent)
        let place = "/desk/tickets/\(ticket.number)"
        _ = await browser.get(place)
        let page = await browser.post("\(place)/handovers", ["revision": browser.hidden("revision")])
        expectPage(page, .unprocessableContent)
        let phrases: [Catalogue.Phrase] = [.errorTeamMissing, .errorReasonMissing, .errorNoteMissing]
        let places = phrases.compactMap { page.text.firstRange(of: Wording(.norwegian)($0))?.lowerBound }
        #expect(places.count == 3 && places == places.sorted())
        await site.close()
    }

    @Test("Who acts on what he saw before somebody else's change decides with both versions before him")
    func conflict() async throws {
        let site = try TestSite()
        let ticket = try await Self.routed(on: site)
        var (kari, ola) = (
            try await site.browser(of: Self.agent), try await site.browser(of: "ola.hansen@norrsken.example")
        )
        let place = "/desk/tickets/\(ticket.number)"
        _ = await kari.get(place)
        _ = await ola.get(place)
        #expect(await ola.post("\(place)/work", ["revision": ola.hidden("revision")]).status == .seeOther)
        let stale = kari.hidden("revision")
        let conflict = await kari.post("\(place)/replies", ["note": "Hello there", "revision": stale])
        expectPage(conflict, .preconditionFailed)
        #expect(conflict.text.contains("Hello there"))
        let again = await kari.post(
            "\(place)/replies", ["note": kari.hidden("note"), "revision": kari.hidden("revision")])
        #expect(again.status == .seeOther)
        await site.close()
    }
}
