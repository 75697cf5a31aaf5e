import Catalogue
import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import FoundationEssentials
import HTTP
import PostgresTestSupport
import Runtime
import Testing
import WebTestSupport

@Suite("Clocks on the agent's pages", .database(template: TestDesk.template))
struct ClocksOnPagesTests {
    @Test("The arithmetic of a clock is a row a stretch, with the holder and the hours that counted, and adds up")
    func arithmetic() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        let place = "/desk/tickets/\(ticket.number)"
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await browser.get("/desk?language=en")
        site.desk.time.advance(by: .seconds(15 * 60))
        _ = await browser.get(place)
        _ = try await browser.handOver(place)
        site.desk.time.advance(by: .seconds(10 * 60))
        expectPage(await browser.get(place))
        let wording = Wording(.english)
        let heading = "<h3>\(wording(.measure, "resolution")) "
        let panel = try #require(browser.page.components(separatedBy: heading).dropFirst().first)
        let clock = try #require(panel.components(separatedBy: "</details>").first)
            .replacing("\u{00A0}", with: " ").replacing("\u{202F}", with: " ")
        #expect(clock.contains("Target: Solve incidents"))
        #expect(clock.contains("Used: 25 min</summary>"))
        let rows = clock.components(separatedBy: "<tr><td>").dropFirst()
        #expect(
            rows.map { $0.prefix { $0 != "<" } } == ["Oslo service desk, Oslo", "Workplace and printing, Amsterdam"])
        #expect(rows.map { $0.contains(", Europe/Oslo</span>") } == [true, false])
        #expect(rows.map { $0.contains("Calendar amsterdam-office, version ") } == [false, true])
        #expect(rows.map { $0.contains("<td class=\"num\">15 min</td>") } == [true, false])
        #expect(rows.map { $0.contains("<td class=\"num\">10 min</td>") } == [false, true])
        await site.close()
    }
}
