import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import Foundation
import HTTP
import Postgres
import PostgresTestSupport
import Testing
import WebTestSupport

@Suite("A ticket and a known disturbance, as its requester sees them", .database(template: TestDesk.template))
struct OwnTroubleTests {
    @Test("The page names what it may be, one click makes the ticket a part of it, and nothing of the other is shown")
    func oneClick() async throws {
        let site = try TestSite()
        let (store, behind) = (site.desk.store, site.behind.store)
        let major = try await store.accept(
            TestDesk.submission(from: "x@customer.example", subject: "SECRET CAUSE")
        ).ticket
        let words = ["en": Announcement.Words(title: "Printers are on fire", text: "Keep away.")]
        try await behind.transaction { (transaction: borrowing Transaction) in
            try await behind.announce(major.number, at: nil, words, Recording(by: .program), using: transaction)
        }
        let mine = try await store.accept(TestDesk.submission()).ticket
        let identity = try await behind.transaction { (transaction: borrowing Transaction) in
            try await transaction.conversation(of: mine.id)
        }
        let key = site.website.links.text(for: try #require(identity))
        let page = "/tickets/\(mine.number)?key=\(key)"
        var browser = site.browser()
        let before = await browser.get(page).text
        #expect(before.contains("Printers are on fire") && !before.contains("SECRET"))
        let id = try #require(await store.announcements().first).identity.uuidString.lowercased()
        let place = "/tickets/\(mine.number)/disturbances/\(id)?key=\(key)"
        #expect(await browser.post(place, [:]).status == .seeOther)
        #expect(await browser.post(place, [:]).status == .seeOther)
        let after = await browser.get(page).text
        #expect(after.contains("belongs to a known disturbance") && !after.contains("SECRET"))
        #expect(!after.contains(major.number.description))
        let view = try #require(await behind.view(of: mine.number, seeing: .desk, including: true))
        #expect(view.ticket.ties.parent == major.id)
        #expect(view.log.last?.recorded.actor == .person(mine.requester))
        await site.close()
    }
}
