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

@Suite("Words after the end of a ticket", .database(template: TestDesk.template))
struct AfterTheEndTests {
    private func key(of ticket: Ticket, on site: TestSite) async throws -> String {
        let identity = try await site.behind.store.transaction { (transaction: borrowing Transaction) in
            try await transaction.conversation(of: ticket.id)
        }
        return site.website.links.text(for: try #require(identity))
    }

    private func record(_ events: Ticket.Event..., on ticket: Ticket, of site: TestSite) async throws {
        for event in events {
            try await site.behind.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in event }
        }
    }

    @Test("Long after a ticket was closed they open another one, and its page opens for whoever holds the link")
    func followUp() async throws {
        let site = try TestSite()
        try await TestDesk.apply(process: ["reopens_within_days": 14])
        let ticket = try await site.desk.store.accept(TestDesk.submission()).ticket
        try await record(.resolved(.solved, note: nil), .closed, on: ticket, of: site)
        let key = try await key(of: ticket, on: site)
        var browser = site.browser()
        let place = "/tickets/\(ticket.number)"
        #expect(await browser.get("\(place)?key=\(key)").text.contains(Wording(.english)(.reopenHint)))
        site.desk.time.advance(by: .seconds(15 * 86_400))
        #expect(await browser.get("\(place)?key=\(key)").text.contains(Wording(.english)(.closedHint)))
        let sent = await browser.post("\(place)/messages?key=\(key)", ["message": "It burns again."], files: [])
        let location = try #require(sent.fields[.location])
        #expect(!location.contains("\(ticket.number)?"))
        let page = await browser.open(location)
        expectPage(page)
        #expect(page.text.contains("It burns again.") && page.text.contains("notice-good"))
        await site.close()
    }

    @Test("After a merge they reach the other ticket, which stays unseen")
    func merged() async throws {
        let site = try TestSite()
        let ticket = try await site.desk.store.accept(TestDesk.submission()).ticket
        let other = try await site.desk.store.accept(TestDesk.submission(from: "ola@customer.example")).ticket
        try await record(.merged(into: other.id), on: ticket, of: site)
        let key = try await key(of: ticket, on: site)
        var browser = site.browser()
        let place = "/tickets/\(ticket.number)"
        #expect(await browser.get("\(place)?key=\(key)").text.contains(Wording(.english)(.mergedHint)))
        let sent = await browser.post("\(place)/messages?key=\(key)", ["message": "Mine too."], files: [])
        expectPage(await browser.open(try #require(sent.fields[.location])))
        let view = try #require(await site.behind.store.view(of: other.number, seeing: .desk, including: true))
        #expect(view.entries.last?.text == "Mine too." && view.entries.last?.visibility == .internal)
        expectPage(await browser.get("/tickets/\(other.number)?key=\(key)"), .notFound)
        await site.close()
    }
}
