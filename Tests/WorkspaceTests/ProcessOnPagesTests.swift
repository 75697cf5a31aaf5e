import Catalogue
import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import Foundation
import HTTP
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing
import WebTestSupport

@Suite("The process on the pages of the desk", .database(template: TestDesk.template))
struct ProcessOnPagesTests {
    private static let agent = JourneyOnPagesTests.agent
    private static let network = "daan.bakker@norrsken.example"

    /// Sends a form of a ticket's page, and opens the page that follows.
    private func act(
        _ action: String, _ values: HTTP.Query, on ticket: Ticket, in browser: inout Browser, _ site: TestSite,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        site.desk.time.advance(by: .seconds(60))
        let place = "/desk/tickets/\(ticket.number)"
        expectPage(await browser.get(place), sourceLocation: sourceLocation)
        #expect(
            browser.page.contains("\(place)/\(action)\""), "\(action) is not offered", sourceLocation: sourceLocation)
        var values = values
        values.append("revision", browser.hidden("revision"))
        let done = await browser.post("\(place)/\(action)", values)
        try #require(done.status == .seeOther, "\(action): \(done.status)", sourceLocation: sourceLocation)
        expectPage(await browser.open(done.fields[.location] ?? "/"), sourceLocation: sourceLocation)
        #expect(browser.page.contains("notice-good"), sourceLocation: sourceLocation)
    }

    private func log(of ticket: Ticket, on site: TestSite) async throws -> [Ticket.Event.Kind] {
        let view = try #require(await site.behind.store.view(of: ticket.number, seeing: .desk, including: true))
        return view.log.map(\.recorded.event.kind)
    }

    /// A ticket of Amsterdam that has been routed to its first line.
    private func routed(on site: TestSite) async throws -> Ticket {
        let key = try await site.behind.store.directory().sites["AMS"]
        let ticket = try await site.desk.store.accept(TestDesk.submission(at: key)).ticket
        return try await site.behind.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) {
            .routed($0.ticket.responsibility, rule: "test")
        }.ticket
    }

    private func firstLine(of site: TestSite) async throws -> String {
        let organisation = try await site.behind.store.directory().organisation
        return try #require(organisation.people.first { $0.positions.contains("ams-first-agent") }).email
    }

    @Test("A call-back is promised for the time that the form proposes, stands out on the page, and is made")
    func callback() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        var browser = try await site.browser(of: Self.agent)
        _ = await browser.get("/desk/tickets/\(ticket.number)")
        // Monday ten o'clock in Oslo, and two hours of working time.
        #expect(browser.page.contains("value=\"2026-03-02T12:00\""))
        try await act("callbacks", ["at": "2026-03-02T11:30", "note": ""], on: ticket, in: &browser, site)
        let promised = try await JourneyOnPagesTests.state(of: ticket, on: site).undertakings.callback
        #expect(promised?.due == Moment(rfc3339: "2026-03-02T10:30:00Z"))
        #expect(browser.page.contains("notice-warn"))
        expectPage(await browser.get("/desk?show=callbacks"))
        #expect(browser.page.contains(ticket.number.description))
        try await act("calls", ["note": "All is well."], on: ticket, in: &browser, site)
        #expect(try await JourneyOnPagesTests.state(of: ticket, on: site).undertakings.callback == nil)
        let wrong = await browser.post(
            "/desk/tickets/\(ticket.number)/callbacks", ["at": "soon", "revision": browser.hidden("revision")])
        expectPage(wrong, .unprocessableContent)
        await site.close()
    }

    @Test("A ticket is put on hold until a time that stands out on its page, and goes on when somebody says so")
    func hold() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        var browser = try await site.browser(of: Self.agent)
        try await act(
            "hold", ["note": "The part comes on Thursday.", "until": "2026-03-05T09:30"], on: ticket, in: &browser, site
        )
        let held = try await JourneyOnPagesTests.state(of: ticket, on: site)
        #expect(held.state == .waitingOther)
        #expect(held.undertakings.resumesAt == Moment(rfc3339: "2026-03-05T08:30:00Z"))
        #expect(browser.page.contains("The part comes on Thursday.") && browser.page.contains("9:30"))
        #expect(!browser.page.contains("\(ticket.number)/work\""))
        try await act("assignment", [:], on: ticket, in: &browser, site)
        #expect(try await JourneyOnPagesTests.state(of: ticket, on: site).state == .waitingOther)
        try await act("resumption", [:], on: ticket, in: &browser, site)
        #expect(try await JourneyOnPagesTests.state(of: ticket, on: site).state == .inProgress)
        let wrong = await browser.post(
            "/desk/tickets/\(ticket.number)/hold", ["until": "soon", "revision": browser.hidden("revision")])
        expectPage(wrong, .unprocessableContent)
        await site.close()
    }

    @Test("A manager to whom a ticket is carried up reads it, writes a note and decides; he does not work on it")
    func overseer() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        try await site.behind.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in
            .escalated(.lead, .deadlineMissed)
        }
        var browser = try await site.browser(of: "henrik.lund@norrsken.example")
        expectPage(await browser.get("/desk/notices"))
        let place = "/desk/tickets/\(ticket.number)"
        expectPage(await browser.get(place))
        for action in ["work", "assignment", "replies", "resolution", "handovers", "routing"] {
            #expect(!browser.page.contains("\(place)/\(action)\""), "\(action) is offered")
            let done = await browser.post(
                "\(place)/\(action)", ["revision": browser.hidden("revision"), "note": "No."])
            #expect(done.status == .forbidden, "\(action)")
        }
        for part in ["/related", "/split\"", "/macros\"", "/desk/people/"] {
            #expect(!browser.page.contains(part), "\(part) is offered")
        }
        try await act("notes", ["note": "Call me."], on: ticket, in: &browser, site)
        try await act(
            "escalations", ["level": "organisation", "reason": "needs_decision"], on: ticket, in: &browser, site)
        #expect(try await log(of: ticket, on: site).suffix(2) == [.noteAdded, .escalated])
        for page in ["/desk", "\(place)/split", "/desk/articles"] {
            expectPage(await browser.get(page), .forbidden)
            #expect(
                browser.page.contains("button-secondary\" href=\"https://desk.norrsken.example/desk/notices\""),
                "a way on")
        }
        await site.close()
    }

    @Test("Only the team that answers for a ticket takes it; whoever else sees it hands it over to his own first")
    func takenByAnother() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        let away = try await site.behind.store.record(
            on: ticket.number, seeing: .desk,
            Recording(by: .program, note: Note("For you", visibility: .internal))
        ) { occasion in
            let (network, home) = (occasion.directory.teams["ams-network"], occasion.ticket.responsibility.place.site)
            let to = occasion.directory.responsibility(of: try #require(network), at: home)
            return .handedOver(try #require(to), reason: "expertise", note: try #require(occasion.entry))
        }.ticket
        var browser = try await site.browser(of: Self.agent)
        let place = "/desk/tickets/\(ticket.number)"
        expectPage(await browser.get(place))
        #expect(!browser.page.contains("\(place)/work\"") && !browser.page.contains("\(place)/assignment\""))
        for action in ["work", "assignment"] {
            let done = await browser.post("\(place)/\(action)", ["revision": browser.hidden("revision")])
            expectPage(done, .conflict)
        }
        #expect(try await JourneyOnPagesTests.state(of: ticket, on: site).revision == away.revision)
        await site.close()
    }

    @Test("Somebody of an open second line is put through: handed over and taken at once, though it is out of sight")
    func putThrough() async throws {
        let site = try TestSite()
        let ticket = try await routed(on: site)
        var browser = try await site.browser(of: try await firstLine(of: site))
        let daan = try #require(await site.behind.store.person(at: Self.network))
        _ = await browser.get("/desk/tickets/\(ticket.number)")
        #expect(!browser.page.contains("name=\"person\""), "shielded until somebody says that he is there")
        try await site.behind.store.setAvailability(.available, of: daan.id)
        _ = await browser.get("/desk/tickets/\(ticket.number)")
        #expect(browser.page.contains("<option value=\"\(daan.id)\""))
        #expect(browser.page.contains("Smoke comes out of it."), "what is known is filled in")
        try await act(
            "handovers",
            [
                "team": "", "reason": "expertise", "note": "It smokes.", "contact": "put_through",
                "person": "\(daan.id)",
                "by": "",
            ], on: ticket, in: &browser, site)
        let after = try await JourneyOnPagesTests.state(of: ticket, on: site)
        #expect(after.responsibility.person == daan.id && after.state == .inProgress)
        #expect(try await log(of: ticket, on: site).suffix(2) == [.handedOver, .taken])
        await site.close()
    }

    @Test("While the second line is closed nobody is put through; a call-back by its hours is promised instead")
    func closed() async throws {
        let site = try TestSite()
        // Half past eight in the evening.
        site.desk.time.advance(by: .seconds(11 * 3600 - 1800))
        let ticket = try await routed(on: site)
        var browser = try await site.browser(of: try await firstLine(of: site))
        let place = "/desk/tickets/\(ticket.number)"
        _ = await browser.get(place)
        #expect(!browser.page.contains("name=\"person\""))
        let daan = try #require(await site.behind.store.person(at: Self.network))
        let refused = await browser.post(
            "\(place)/handovers",
            [
                "team": "AMS:ams-network", "reason": "expertise", "note": "N", "contact": "put_through",
                "person": "\(daan.id)", "by": "", "revision": browser.hidden("revision"),
            ])
        expectPage(refused, .unprocessableContent)
        try await act(
            "handovers",
            [
                "team": "AMS:ams-network", "reason": "expertise", "note": "N", "contact": "call_back", "person": "",
                "by": "",
            ],
            on: ticket, in: &browser, site)
        let after = try await JourneyOnPagesTests.state(of: ticket, on: site)
        // Two hours after half past eight in the morning.
        #expect(after.undertakings.callback?.due == Moment(rfc3339: "2026-03-03T09:30:00Z"))
        #expect(try await log(of: ticket, on: site).suffix(2) == [.callbackPromised, .handedOver])
        await site.close()
    }

    @Test("The second line ticks what is missing and writes what else; it goes back as a list, and the loop is told")
    func missing() async throws {
        let site = try TestSite()
        let ticket = try await routed(on: site)
        var first = try await site.browser(of: try await firstLine(of: site))
        var second = try await site.browser(of: Self.network)
        let handover: HTTP.Query = [
            "team": "AMS:ams-network", "reason": "expertise", "note": "N", "contact": "", "person": "", "by": "",
        ]
        try await act("handovers", handover, on: ticket, in: &first, site)
        _ = await second.get("/desk/tickets/\(ticket.number)")
        #expect(second.page.contains("Verdieping en kamer"))
        let empty = await second.post(
            "/desk/tickets/\(ticket.number)/shortcomings", ["note": " ", "revision": second.hidden("revision")])
        expectPage(empty, .unprocessableContent)
        try await act(
            "shortcomings", ["need-place": "yes", "note": "Which switch?"], on: ticket, in: &second, site)
        let view = try #require(await site.behind.store.view(of: ticket.number, seeing: .desk, including: true))
        #expect(view.entries.last?.text == "- Verdieping en kamer\n- Which switch?")
        #expect(view.ticket.responsibility.place == ticket.responsibility.place)
        expectPage(await first.get("/desk/tickets/\(ticket.number)"))
        #expect(!first.page.contains("/sufficiency\""))
        try await act("handovers", handover, on: ticket, in: &first, site)
        try await act("sufficiency", [:], on: ticket, in: &second, site)
        #expect(try await JourneyOnPagesTests.state(of: ticket, on: site).undertakings.isSufficient == true)
        #expect(second.page.contains("1 keer teruggegeven"))
        await site.close()
    }

    @Test("A ticket is given to somebody of the team who is there, and he is told; neither to the absent nor to others")
    func colleague() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        let store = site.behind.store
        let team = try await store.teammates(at: ticket.number, seeing: .desk)
        let kari = try #require(await store.person(at: Self.agent))
        let lead = try #require(team.first { $0.person.id != kari.id }?.person)
        let daan = try #require(await store.person(at: Self.network))
        #expect(!team.contains { $0.person.id == daan.id })
        var browser = try await site.browser(of: Self.agent)
        let place = "/desk/tickets/\(ticket.number)"
        _ = await browser.get(place)
        for wrong in ["", "\(daan.id)"] {
            let refused = await browser.post(
                "\(place)/colleague", ["colleague": wrong, "revision": browser.hidden("revision")])
            expectPage(refused, .unprocessableContent)
        }
        try await act(
            "colleague", ["colleague": "\(lead.id)", "note": "You know these."], on: ticket, in: &browser, site)
        let given = try await JourneyOnPagesTests.state(of: ticket, on: site)
        #expect(given.responsibility.person == lead.id && given.state == .assigned)
        #expect(given.responsibility.position == ticket.responsibility.position)
        #expect(try await log(of: ticket, on: site).last == .assigned)
        let told = try await TestDatabase.current.all(
            "select subject from letter where kind = 'assigned' and audience = 'person'", as: PersonID.self)
        #expect(told == [lead.id])
        _ = try await store.enter(AbsenceDraft(.sickness), of: lead.id, by: .program)
        #expect(try await !store.teammates(at: ticket.number, seeing: .desk).contains { $0.person.id == lead.id })
        await site.close()
    }

    @Test("The team that has a ticket says what is needed, which its page, its story and the requester's page tell")
    func means() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        var browser = try await site.browser(of: Self.agent)
        let place = "/desk/tickets/\(ticket.number)"
        _ = await browser.get("\(place)?language=en")
        let wrong = await browser.post("\(place)/means", ["means": "", "revision": browser.hidden("revision")])
        expectPage(wrong, .unprocessableContent)
        #expect(wrong.text.contains("id=\"means-means-error\""))
        try await act("means", ["means": "visit", "note": "Second floor."], on: ticket, in: &browser, site)
        #expect(browser.page.contains("<dt>Help needed</dt><dd>Visit</dd>"))
        #expect(browser.page.contains("Help was planned: <bdi>Visit</bdi>"))
        #expect(browser.page.contains("Second floor.") && !browser.page.contains("<option value=\"visit\""))
        #expect(try await log(of: ticket, on: site).last == .meansChosen)
        await site.close()
    }

    @Test("A team is asked, finds the question in its queue and answers; the answer stands at the question")
    func question() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        var browser = try await site.browser(of: Self.agent)
        try await act("inquiries", ["to": "team:ams-network", "note": "Seen this?"], on: ticket, in: &browser, site)
        var asked = try await site.browser(of: Self.network)
        expectPage(await asked.get("/desk?show=asked"))
        #expect(asked.page.contains(ticket.number.description))
        _ = await asked.get("/desk/tickets/\(ticket.number)")
        let question = asked.hidden("question")
        let answered = await asked.post(
            "/desk/tickets/\(ticket.number)/inquiry-answers",
            ["question": question, "note": "Never.", "revision": asked.hidden("revision")])
        #expect(answered.status == .seeOther)
        expectPage(await browser.get("/desk/tickets/\(ticket.number)"))
        let parts = browser.page.split(separator: "Seen this?", maxSplits: 1)
        #expect(parts.count == 2 && parts[1].contains("Never."))
        #expect(try await JourneyOnPagesTests.state(of: ticket, on: site).undertakings.inquiries.isEmpty)
        try await act("inquiries", ["to": "supplier:fjordnett", "note": "A fault?"], on: ticket, in: &browser, site)
        let second = browser.hidden("question")
        try await act("inquiry-withdrawals", ["question": second], on: ticket, in: &browser, site)
        #expect(try await log(of: ticket, on: site).last == .inquiryWithdrawn)
        await site.close()
    }

    @Test("An offer is found in the queue and accepted; owner, escalation and release are among the rare actions")
    func others() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        let directory = try await site.behind.store.directory()
        let (team, place) = (try #require(directory.teams["ams-network"]), try #require(directory.sites["AMS"]))
        let to = try #require(directory.responsibility(of: team, at: place))
        var browser = try await site.browser(of: Self.agent)
        try await act("work", [:], on: ticket, in: &browser, site)
        try await act("release", [:], on: ticket, in: &browser, site)
        try await act("escalations", ["level": "site", "reason": "lacks_people"], on: ticket, in: &browser, site)
        try await act("owner", ["position": "osl-first-agent"], on: ticket, in: &browser, site)
        expectPage(await browser.get("/desk?show=owned"))
        #expect(browser.page.contains(ticket.number.description))
        try await site.behind.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in
            .offered(to, note: nil)
        }
        var other = try await site.browser(of: Self.network)
        expectPage(await other.get("/desk?show=offered"))
        #expect(other.page.contains(ticket.number.description))
        _ = await browser.get("/desk/tickets/\(ticket.number)")
        #expect(!browser.page.contains("offer-acceptance"), "it is not offered to his own team")
        try await act("offer-acceptance", [:], on: ticket, in: &other, site)
        let after = try await JourneyOnPagesTests.state(of: ticket, on: site)
        #expect(after.responsibility.place.team == team && after.undertakings.offer == nil)
        #expect(after.undertakings.escalation == .site)
        await site.close()
    }

    @Test(
        "The time of the first line is on the page; once it is up the hand-over stands open, and nothing is blocked"
    )
    func timeBox() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        var browser = try await site.browser(of: Self.agent)
        let place = "/desk/tickets/\(ticket.number)"
        try await act("work", [:], on: ticket, in: &browser, site)
        #expect(browser.page.contains("id=\"time-box\"") && !browser.page.contains(Wording(.norwegian)(.timeBoxUp)))
        site.desk.time.advance(by: .seconds(25 * 60))
        expectPage(await browser.get(place))
        #expect(browser.page.contains(Wording(.norwegian)(.timeBoxUp)))
        #expect(browser.page.contains("<option value=\"time_box\" selected>"))
        try await act("replies", ["note": "One moment."], on: ticket, in: &browser, site)
        await site.close()
    }
}
