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

@Suite(
    "Mail that claims to go on with somebody else's ticket, on an agent's pages", .database(template: TestDesk.template)
)
struct ClaimOnPagesTests {
    /// A ticket whose mail claims to go on with another one.
    static func claim(on site: TestSite) async throws -> (claim: Ticket, claimed: Ticket) {
        let claim = try await JourneyOnPagesTests.routed(on: site)
        let claimed = try await JourneyOnPagesTests.routed(on: site)
        let store = site.behind.store
        try await store.transaction { (transaction: borrowing Transaction) in
            _ = try await store.note(claim.id, goesOnWith: claimed.id, using: transaction)
            try await transaction.run("insert into blob (sha256, size) values (sha256('mail'), 4)")
            try await transaction.run(
                """
                insert into inbound_mail (received_at, recipient, sender, message_id, fingerprint, original, kind,
                    ticket, reason)
                select opened_at, 'hjelp@oslo.norrsken.example', 'eve@elsewhere.example', 'e1', sha256('mail'),
                    sha256('mail'), 'claim', id, '' from ticket where id = \(claim.id)
                """)
        }
        return (claim, claimed)
    }

    @Test("The page of a claim asks, in every language, whether it belongs there; accepted, it is a note there")
    func accepted() async throws {
        let site = try TestSite()
        let (claim, claimed) = try await Self.claim(on: site)
        let place = "/desk/tickets/\(claim.number)"
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        for language in Language.allCases {
            expectPage(await browser.get("\(place)?language=\(language.tag)"))
            let title = Wording(language)(.claimTitle, ["number": claimed.number.description])
            #expect(browser.page.contains(title), "\(language.tag)")
        }
        let mail = browser.hidden("mail")
        let done = await browser.post("\(place)/claim", ["mail": mail, "decision": "accept", "follows": "yes"])
        #expect(done.status == .seeOther && done.fields[.location]?.contains(claimed.number.description) == true)
        expectPage(await browser.open(done.fields[.location] ?? "/"))
        #expect(browser.page.contains("notice-good"))
        #expect(try await JourneyOnPagesTests.state(of: claim, on: site).ties.mergedInto == claimed.id)
        let late = await browser.post("\(place)/claim", ["mail": mail, "decision": "refuse"])
        expectPage(late, .conflict)
        #expect(browser.page.contains("notice-bad") && !browser.page.contains("id=\"claim\""))
        await site.close()
    }

    @Test("Refused, the ticket of the mail goes on alone; what cannot be merged is told in words")
    func refused() async throws {
        let site = try TestSite()
        let (claim, claimed) = try await Self.claim(on: site)
        let place = "/desk/tickets/\(claim.number)"
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        expectPage(await browser.get("\(place)?language=en"))
        let mail = browser.hidden("mail")
        try await site.behind.store.record(on: claimed.number, seeing: .desk, Recording(by: .program)) { _ in
            .resolved(.solved, note: nil)
        }
        let impossible = await browser.post("\(place)/claim", ["mail": mail, "decision": "accept"])
        expectPage(impossible, .conflict)
        #expect(browser.page.contains("notice-bad") && browser.page.contains("id=\"claim\""))
        let done = await browser.post("\(place)/claim", ["mail": mail, "decision": "refuse"])
        #expect(done.status == .seeOther, "\(done.text)")
        expectPage(await browser.open(done.fields[.location] ?? "/"))
        #expect(browser.page.contains("notice-good") && !browser.page.contains("id=\"claim\""))
        let links = try await site.behind.store.database.first("select count(*) from ticket_link", as: Int.self)
        #expect(links == 0)
        await site.close()
    }
}
