import Desk
import DeskStore
import DeskTestSupport
import Foundation
import HTTP
import Postgres
import PostgresTestSupport
import Testing
import WebTestSupport

@Suite("The files that agents send", .database(template: TestDesk.template))
struct FilesOfAgentsTests {
    private static let plan = (name: "plan.pdf", type: "application/pdf", bytes: (0..<300_000).map { UInt8($0 % 251) })

    /// A ticket on whose page an agent is.
    private static func opened() async throws -> (TestSite, Ticket, place: String, Browser) {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        let place = "/desk/tickets/\(ticket.number)"
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await browser.get(place)
        return (site, ticket, place, browser)
    }

    private static func kept(at site: TestSite) async throws -> Int? {
        try await site.behind.store.database.first("select count(*) from attachment", as: Int.self)
    }

    @Test(
        "A file goes with a reply, a question or a note, to those who read the words",
        arguments: ["replies", "questions", "notes"])
    func sent(action: String) async throws {
        let (site, ticket, place, start) = try await Self.opened()
        var browser = start
        #expect(await browser.get(place).text.contains("action=\"\(place)/\(action)\" enctype=\"multipart/form-data\""))
        let answer = await browser.post(
            "\(place)/\(action)", ["note": "See the plan.", "revision": browser.hidden("revision")], files: [Self.plan])
        #expect(answer.status == .seeOther, "\(answer.text)")
        let view = try #require(
            await site.behind.store.view(of: ticket.number, seeing: .desk, including: true)?.entries.last)
        #expect(view.text == "See the plan." && view.attachments.map(\.name) == ["plan.pdf"])
        #expect(view.visibility == (action == "notes" ? .internal : .public))
        let link = try #require(
            await browser.get(place).text.firstMatch(of: /href="([^"]+\/attachments\/[^"]+)"/)?.output.1)
        #expect(try await browser.get(String(link)).collected() == Self.plan.bytes)
        await site.close()
    }

    @Test("Where the ticket has changed meanwhile nothing is sent: the words are there, and the files are chosen again")
    func changed() async throws {
        let (site, ticket, place, start) = try await Self.opened()
        var browser = start
        let revision = browser.hidden("revision")
        try await site.behind.store.record(
            on: ticket.number, seeing: .desk, Recording(by: .program, note: Note("Meanwhile.", visibility: .internal))
        ) { .noteAdded(try #require($0.entry)) }
        let answer = await browser.post(
            "\(place)/replies", ["note": "See the plan.", "revision": revision], files: [Self.plan])
        #expect(answer.status == .preconditionFailed && answer.text.contains("See the plan."))
        let again = await browser.post(
            "\(place)/replies", ["note": "See the plan.", "revision": browser.hidden("revision")], files: [Self.plan])
        #expect(again.status == .seeOther)
        #expect(try await Self.kept(at: site) == 1)
        await site.close()
    }

    @Test("Too many files, and one that is too large, are told on the page with the words that were written")
    func tooMany() async throws {
        let (site, _, place, start) = try await Self.opened()
        var browser = start
        let small = (name: "a.txt", type: "text/plain", bytes: Array("a".utf8))
        let answer = await browser.post(
            "\(place)/notes", ["note": "All of them.", "revision": browser.hidden("revision")],
            files: Array(repeating: small, count: 6))
        #expect(answer.status == .unprocessableContent && answer.text.contains("All of them."))
        #expect(try await Self.kept(at: site) == 0)
        await site.close()
    }
}
