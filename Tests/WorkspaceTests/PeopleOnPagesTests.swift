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

@Suite("People on the pages of the desk", .database(template: TestDesk.template))
struct PeopleOnPagesTests {
    private static let lead = "ola.hansen@norrsken.example"

    /// Somebody of Oslo who has asked for help.
    private func requester(_ address: String, named name: String = "Nils Dahl", on site: TestSite) async throws
        -> PersonCard
    {
        let oslo = try await site.behind.store.directory().sites["OSL"]
        var submission = TestDesk.submission(from: address, at: oslo)
        submission.requester = Contact(address: address, name: name, language: "nb")
        let person = try await site.desk.store.accept(submission).ticket.requester
        return try #require(await site.behind.store.card(of: person))
    }

    private func place(of card: PersonCard) -> String { "/desk/people/\(card.uuid.uuidString.lowercased())" }

    @Test("A ticket shows its requester with all addresses, and leads to all that is known of him, in every language")
    func card() async throws {
        let site = try TestSite()
        let nils = try await requester("nils@firma.example", on: site)
        try await site.behind.store.add(address: "nils@home.example", to: nils.id, by: .program)
        let number = try #require(
            await TestDatabase.current.first("select number from ticket", as: TicketNumber.self))
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        expectPage(await browser.get("/desk/tickets/\(number)"))
        #expect(browser.page.contains("nils<wbr>@firma.example") && browser.page.contains("nils<wbr>@home.example"))
        #expect(browser.page.contains(place(of: nils)))
        for language in Language.allCases {
            expectPage(await browser.get("\(place(of: nils))?language=\(language.tag)"))
            #expect(browser.page.contains(Wording(language)(.personTickets)))
            #expect(browser.page.contains(number.description))
        }
        expectPage(await browser.get("/desk/people/\(UUID().uuidString.lowercased())"), .notFound)
        #expect(!browser.page.contains("button-danger"))
        await site.close()
    }

    @Test("A lead changes a person and his addresses; what is wrong is told beside the field; an agent may not")
    func change() async throws {
        let site = try TestSite()
        let nils = try await requester("nils@firma.example", on: site)
        let place = place(of: nils)
        let form: HTTP.Query = [
            "name": "Nils Holm", "language": "pl", "class": "vip", "home": "OSL", "organisation": "Finance",
            "relation": "external",
        ]
        var browser = try await site.browser(of: Self.lead)
        expectPage(await browser.get(place))
        let done = await browser.post(place, form)
        #expect(done.status == .seeOther)
        expectPage(await browser.open(done.fields[.location] ?? "/"))
        #expect(browser.page.contains("notice-good") && browser.page.contains("VIP"))
        expectPage(await browser.post(place, ["name": "", "home": "SIN"]), .unprocessableContent)
        for address in ["", "nobody"] {
            expectPage(await browser.post("\(place)/addresses", ["email": address]), .unprocessableContent)
        }
        #expect(await browser.post("\(place)/addresses", ["email": "nils@home.example"]).status == .seeOther)
        #expect(await browser.post("\(place)/addresses", ["primary": "nils@home.example"]).status == .seeOther)
        #expect(await browser.post("\(place)/addresses", ["remove": "nils@firma.example"]).status == .seeOther)
        expectPage(await browser.post("\(place)/addresses", ["remove": "nils@home.example"]), .conflict)
        expectPage(await browser.post("\(place)/addresses", ["email": Self.lead]), .conflict)
        let card = try #require(await site.behind.store.card(of: nils.id))
        #expect(card.name == "Nils Holm" && card.personClass == "vip" && card.addresses == ["nils@home.example"])
        let by = try await TestDatabase.current.all(
            "select distinct actor_kind from person_event where person = \(nils.id)", as: String.self)
        #expect(by == ["person"])

        var agent = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await agent.get(place)
        #expect(!agent.page.contains("action=\"\(place)\""))
        #expect(await agent.post(place, form).status == .forbidden)
        #expect(await agent.post("\(place)/merge", ["email": Self.lead]).status == .forbidden)
        await site.close()
    }

    @Test("A likely twin is offered and merged with one click; nobody merges a colleague but an administrator of all")
    func merge() async throws {
        let site = try TestSite()
        let (old, new) = (
            try await requester("nils@old.example", on: site), try await requester("nils@new.example", on: site)
        )
        var browser = try await site.browser(of: Self.lead)
        expectPage(await browser.get(place(of: new)))
        #expect(browser.page.contains("value=\"nils@old.example\""))
        let merged = await browser.post("\(place(of: new))/merge", ["email": "nils@old.example"])
        #expect(merged.status == .seeOther)
        expectPage(await browser.open(merged.fields[.location] ?? "/"))
        expectPage(await browser.get(place(of: old)))
        #expect(browser.page.contains("nils@new.example"), "the old card is that of who he is")
        #expect(try await site.behind.store.person(at: "nils@old.example")?.id == new.id)
        for wrong in ["nobody@x.example", "nils@old.example"] {
            expectPage(await browser.post("\(place(of: new))/merge", ["email": wrong]), .unprocessableContent)
        }
        let stolen = await browser.post("\(place(of: new))/merge", ["email": "kari.nordmann@norrsken.example"])
        #expect(stolen.status == .forbidden)
        await site.close()
    }

    @Test("Two who look like one are said to be two with one click, and are not offered again, in no language")
    func apart() async throws {
        let site = try TestSite()
        let (old, new) = (
            try await requester("nils@old.example", on: site), try await requester("nils@new.example", on: site)
        )
        var agent = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await agent.get(place(of: new))
        #expect(!agent.page.contains("/namesakes"))
        let key = old.uuid.uuidString.lowercased()
        #expect(await agent.post("\(place(of: new))/namesakes", ["person": key]).status == .forbidden)
        var lead = try await site.browser(of: Self.lead)
        expectPage(await lead.get(place(of: new)))
        let said = await lead.post("\(place(of: new))/namesakes", ["person": key])
        #expect(said.status == .seeOther)
        for language in Language.allCases {
            expectPage(await lead.get("\(said.fields[.location] ?? "/")&language=\(language.tag)"))
            let wording = Wording(language)
            #expect(lead.page.contains(wording(.personDoneApart)) && lead.page.contains(wording(.personNoTwins)))
        }
        expectPage(await lead.get(place(of: old)))
        #expect(!lead.page.contains("nils@new.example"))
        #expect(await lead.post("\(place(of: new))/namesakes", ["person": "nobody"]).status == .notFound)
        await site.close()
    }

    @Test("An agent says that he is absent; a lead says it of others and who stands in; colleagues are not told why")
    func absences() async throws {
        let site = try TestSite()
        let kari = try #require(await site.behind.store.person(at: JourneyOnPagesTests.agent))
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        for language in Language.allCases { expectPage(await browser.get("/desk/absences?language=\(language.tag)")) }
        expectPage(await browser.post("/desk/absences", ["reason": "", "from": "soon"]), .unprocessableContent)
        expectPage(
            await browser.post(
                "/desk/absences", ["reason": "holiday", "from": "2026-03-05T08:00", "until": "2026-03-05T08:00"]),
            .unprocessableContent)
        let entered = await browser.post(
            "/desk/absences", ["reason": "sickness", "from": "", "until": "2026-03-05T08:00", "deputy": ""])
        #expect(entered.status == .seeOther)
        expectPage(await browser.open(entered.fields[.location] ?? "/"))
        let absence = try #require(await site.behind.store.absences(of: [kari.id]).first)
        #expect(absence.until?.rfc3339 == "2026-03-05T07:00:00Z", "by the clock on the wall of Oslo")
        let other: HTTP.Query = ["person": "\(kari.id)", "reason": "other"]
        #expect(await browser.post("/desk/absences/stand-ins", other).status == .forbidden)

        var lead = try await site.browser(of: Self.lead)
        expectPage(await lead.get("/desk/absences?language=en"))
        #expect(lead.page.contains("Absent until") && lead.page.contains("Sickness"))
        let standIn: HTTP.Query = [
            "position": "osl-first-lead", "person": "\(kari.id)", "instead": "", "from": "",
            "until": "2026-03-03T08:00",
        ]
        expectPage(await lead.post("/desk/absences/stand-ins", ["position": "x"]), .unprocessableContent)
        let made = await lead.post("/desk/absences/stand-ins", standIn)
        #expect(made.status == .seeOther)
        expectPage(await lead.open(made.fields[.location] ?? "/"))
        site.desk.time.advance(by: .seconds(60))
        let ended = await lead.post("/desk/absences/end", ["absence": absence.id.uuidString.lowercased()])
        #expect(ended.status == .seeOther)
        #expect(try await site.desk.store.absences(of: [kari.id]).isEmpty)
        let entry = try #require(lead.page.firstMatch(of: /name="entry" value="([^"]+)"/)).output.1
        #expect(await lead.post("/desk/absences/stand-ins/end", ["entry": String(entry)]).status == .seeOther)
        await site.close()
    }
}
