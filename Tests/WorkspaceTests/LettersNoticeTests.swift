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

@Suite("What the queue says of letters that do not go out", .database(template: TestDesk.template))
struct LettersNoticeTests {
    private static let lead = "ola.hansen@norrsken.example"
    private static let administrator = "ingrid.solberg@norrsken.example"

    /// A desk one of whose letters has waited for this long.
    private func site(waiting age: Duration) async throws -> TestSite {
        let site = try TestSite()
        _ = try await JourneyOnPagesTests.routed(on: site)
        let since = site.desk.time.now - age
        let letters = try await site.behind.store.database.run(
            "update jobs.job set enqueued_at = \(since), due = \(since + .seconds(3600)) where kind = 'letter.send'")
        #expect(letters > 0)
        return site
    }

    @Test("Who leads or administers is told, in words of his own language, how many wait and since when")
    func told() async throws {
        let site = try await site(waiting: .seconds(600))
        for reader in [Self.lead, Self.administrator] {
            var browser = try await site.browser(of: reader)
            for language in Language.allCases {
                let page = await browser.get("/desk?language=\(language.tag)")
                expectPage(page)
                let wording = Wording(language)
                #expect(page.text.contains(wording(.lettersWaitTitle)), "\(reader) in \(language.tag)")
                #expect(page.text.contains(wording(.lettersWaitAdvice)))
                #expect(!page.text.contains("{count}") && !page.text.contains("{time}"))
            }
        }
        await site.close()
    }

    @Test("Who can do nothing about it is not told")
    func agents() async throws {
        let site = try await site(waiting: .seconds(600))
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        let page = await browser.get("/desk?language=en")
        #expect(page.status == .ok && !page.text.contains("letters-wait"))
        await site.close()
    }

    @Test("Letters that are on their way are nobody's worry")
    func young() async throws {
        let site = try await site(waiting: .seconds(290))
        var browser = try await site.browser(of: Self.lead)
        let page = await browser.get("/desk?language=en")
        #expect(page.status == .ok && !page.text.contains("letters-wait"))
        await site.close()
    }
}
