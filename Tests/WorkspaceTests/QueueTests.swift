import Catalogue
import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import HTTP
import Moments
import PostgresTestSupport
import Runtime
import Testing
import WebTestSupport

@Suite("The queue", .database(template: TestDesk.template))
struct QueueTests {
    @Test("Every page of the workspace speaks the agent's language", arguments: Language.allCases)
    func languages(language: Language) async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        let queue = await browser.get("/desk?language=\(language.tag)")
        expectPage(queue)
        #expect(queue.text.contains(Wording(language)(.queueCaption)))
        let page = await browser.get("/desk/tickets/\(ticket.number)")
        expectPage(page)
        #expect(page.text.contains(Wording(language)(.actionHandOver)))
        #expect(page.text.contains(Wording(language)(.clocksTitle)))
        await site.close()
    }

    @Test("Filters narrow the list, and an empty one says what to do")
    func filters() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        let link = "/desk/tickets/\(ticket.number)\""
        for narrow in ["", "?show=untaken", "?show=teams", "?site=OSL", "?state=assigned"] {
            let page = await browser.get("/desk\(narrow)")
            expectPage(page)
            #expect(page.text.contains(link), "\(narrow)")
        }
        for other in ["?show=mine", "?state=resolved", "?site=SIN"] {
            let page = await browser.get("/desk\(other)")
            #expect(!page.text.contains(link), "\(other)")
            #expect(page.text.contains(Wording(.norwegian)(.queueEmptyFiltered)))
        }
        expectPage(await browser.get("/desk?show=x&site=%27&team=%3Cb%3E&state=1&after=1-2"))
        await site.close()
    }

    @Test("A long queue has pages that neither repeat nor leave out a ticket")
    func pages() async throws {
        let site = try TestSite()
        let oslo = try await site.behind.store.directory().sites["OSL"]
        for count in 1...53 {
            site.desk.time.advance(by: .seconds(60))
            _ = try await site.desk.store.accept(TestDesk.submission(at: oslo, subject: "Number \(count)"))
        }
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        let first = await browser.get("/desk")
        let next = try #require(first.text.firstMatch(of: /rel="next" href="([^"]+)"/)).output.1
        let second = await browser.get(String(next).replacing("&amp;", with: "&"))
        let numbers = [first, second].map { page in
            Set(page.text.matches(of: /href="\/desk\/tickets\/(OSL-\d+)"/).map { String($0.output.1) })
        }
        #expect(numbers[0].count == 50)
        #expect(numbers[1].count == 3)
        #expect(numbers[0].isDisjoint(with: numbers[1]))
        await site.close()
    }

    @Test("A ticket of a site that the agent does not serve is not there for him")
    func otherSites() async throws {
        let site = try TestSite()
        let singapore = try await site.behind.store.directory().sites["SIN"]
        let ticket = try await site.desk.store.accept(TestDesk.submission(at: singapore)).ticket
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        #expect(await !browser.get("/desk").text.contains("\(ticket.number)"))
        expectPage(await browser.get("/desk/tickets/\(ticket.number)"), .notFound)
        _ = await browser.get("/desk")
        let response = await browser.post("/desk/tickets/\(ticket.number)/work", [:])
        expectPage(response, .notFound)
        await site.close()
    }
}
