import Catalogue
import DeskStore
import DeskTestSupport
import HTTP
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing
import WebTestSupport

@testable import Workspace

@Suite("What the queue says of mail that is parked", .database(template: TestDesk.template))
struct ParkedMailNoticeTests {
    /// Parks some mails of one sender.
    private func park(_ count: Int, at moment: Moment) async throws {
        try await TestDatabase.current.run("insert into blob (sha256, size) values (sha256('mail'), 4)")
        try await TestDatabase.current.run(
            """
            insert into inbound_mail (received_at, recipient, sender, message_id, fingerprint, original, kind, reason)
            select \(moment), 'hjelp@oslo.norrsken.example', 'bot@customer.example', 'm' || n, '', sha256('mail'), 'parked',
                'too much' from generate_series(1, \(count)) n
            """)
    }

    @Test("Who administers is told how much waits and since when, in each language; who works on tickets is not")
    func told() async throws {
        let site = try TestSite()
        try await park(120, at: site.desk.time.now)
        var browser = try await site.browser(of: "ingrid.solberg@norrsken.example")
        for language in Language.allCases {
            let page = await browser.get("/desk?language=\(language.tag)")
            expectPage(page)
            let wording = Wording(language)
            #expect(page.text.contains(wording(.mailParkedTitle)), "\(language.tag)")
            #expect(page.text.contains("100") && !page.text.contains("{count}") && !page.text.contains("{time}"))
        }
        var agent = try await site.browser(of: JourneyOnPagesTests.agent)
        #expect(await !agent.get("/desk?language=en").text.contains("mail-parked"))
        await site.close()
    }

    @Test("With nothing parked there is nothing to tell")
    func quiet() async throws {
        let site = try TestSite()
        var browser = try await site.browser(of: "ingrid.solberg@norrsken.example")
        #expect(await !browser.get("/desk?language=en").text.contains("mail-parked"))
        await site.close()
    }
}
