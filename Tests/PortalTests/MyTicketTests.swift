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

@Suite("My ticket", .database(template: TestDesk.template))
struct MyTicketTests {
    private func link(to ticket: Ticket, on site: TestSite) async throws -> String {
        let identity = try await site.behind.store.transaction { (transaction: borrowing Transaction) in
            try await transaction.conversation(of: ticket.id)
        }
        return "/tickets/\(ticket.number)?key=\(site.website.links.text(for: try #require(identity)))"
    }

    @Test("A link opens its own ticket and no other, not even another one of the same person")
    func linkOpensOne() async throws {
        let site = try TestSite()
        let mine = try await site.desk.store.accept(TestDesk.submission()).ticket
        let second = try await site.desk.store.accept(TestDesk.submission(subject: "Another")).ticket
        let link = try await link(to: mine, on: site)
        var browser = site.browser()
        expectPage(await browser.get(link))
        let key = try #require(link.split(separator: "=").last)
        expectPage(await browser.get("/tickets/\(second.number)?key=\(key)"), .notFound)
        expectPage(
            await browser.get("/tickets/\(mine.number)?key=\(key.first == "a" ? "b" : "a")\(key.dropFirst())"),
            .notFound)
        expectPage(await browser.get("/tickets/\(mine.number)?key=x"), .notFound)
        #expect(await browser.get("/tickets/\(mine.number)").status == .seeOther)
        #expect(await browser.get("/tickets?key=\(key)").status == .seeOther)
        await site.close()
    }

    @Test("Another requester is told that there is no such ticket")
    func others() async throws {
        let site = try TestSite()
        let ticket = try await site.desk.store.accept(TestDesk.submission()).ticket
        var browser = try await site.browser(of: "kari.nordmann@norrsken.example")
        expectPage(await browser.get("/tickets/\(ticket.number)"), .notFound)
        expectPage(await browser.get("/tickets/OSL-999"), .notFound)
        expectPage(await browser.get("/tickets"))
        await site.close()
    }

    @Test("At the end of a shift the page names the desk that has the ticket from then on, and nothing of the note")
    func followsTheSun() async throws {
        let site = try TestSite()
        let directory = try await site.behind.store.directory()
        let ticket = try await site.desk.store.accept(TestDesk.submission(at: directory.sites["OSL"])).ticket
        let name = try #require(directory.organisation.team("sin-first")).name
        let link = try await link(to: ticket, on: site)
        var browser = site.browser()
        #expect(await browser.get(link).text.contains(name) == false)
        let note = Note("The printer has a bad name.", visibility: .internal, kind: .system)
        try await site.behind.store.record(on: ticket.number, seeing: .desk, Recording(by: .program, note: note)) {
            let (team, place) = ($0.directory.teams["sin-first"], $0.directory.sites["SIN"])
            let to = $0.directory.responsibility(of: try #require(team), at: try #require(place))
            return .handedOver(try #require(to), reason: "shift_end", note: try #require($0.entry))
        }
        let page = await browser.get(link)
        expectPage(page)
        #expect(page.text.contains(name) && !page.text.contains("bad name"))
        await site.close()
    }

    @Test("An internal note is never on the page, and neither is its file")
    func internalNotes() async throws {
        let site = try TestSite()
        let ticket = try await site.desk.store.accept(TestDesk.submission()).ticket
        let upload = Upload(name: "secret.txt", type: "text/plain", bytes: Array("s".utf8))
        let note = Note("He is always complaining.", visibility: .internal, uploads: [upload])
        try await site.behind.store.record(on: ticket.number, seeing: .desk, Recording(by: .program, note: note)) {
            .noteAdded(try #require($0.entry))
        }
        var browser = site.browser()
        let page = await browser.get(try await link(to: ticket, on: site)).text
        #expect(!page.contains("complaining"))
        #expect(!page.contains("secret.txt"))
        let hidden = try await site.behind.store.view(of: ticket.number, seeing: .desk, including: true)
        let id = try #require(hidden?.entries.flatMap(\.attachments).first?.id.uuidString)
        let key = try #require(try await link(to: ticket, on: site).split(separator: "=").last)
        expectPage(await browser.get("/tickets/\(ticket.number)/attachments/\(id)?key=\(key)"), .notFound)
        await site.close()
    }

    @Test("A message answers the desk's question, with its file, which comes back byte by byte and cannot run")
    func message() async throws {
        let site = try TestSite()
        let ticket = try await site.desk.store.accept(TestDesk.submission()).ticket
        try await site.behind.store.record(
            on: ticket.number, seeing: .desk, Recording(by: .program, note: Note("Which floor?", visibility: .public))
        ) { .requesterAsked(try #require($0.entry)) }
        let link = try await link(to: ticket, on: site)
        let key = try #require(link.split(separator: "=").last)
        var browser = site.browser()
        let page = await browser.get(link).text
        #expect(page.contains("Which floor?"))
        #expect(page.contains("state-waiting_requester"))

        let place = "/tickets/\(ticket.number)/messages?key=\(key)"
        expectPage(await browser.post(place, ["message": "  "]), .unprocessableContent)
        let bytes = [UInt8](0...255) + Array("<script>".utf8)
        let sent = await browser.post(place, ["message": "The third."], files: [("pl\u{E5}n.html", "text/html", bytes)])
        #expect(sent.status == .seeOther)
        let after = await browser.open(try #require(sent.fields[.location]))
        expectPage(after)
        #expect(after.text.contains("The third."))
        let view = try #require(await site.behind.store.view(of: ticket.number, seeing: .desk, including: true))
        #expect(view.ticket.state == .assigned)

        let file = try #require(view.entries.last?.attachments.first)
        let answer = await browser.get("/tickets/\(ticket.number)/attachments/\(file.id.uuidString)?key=\(key)")
        #expect(answer.fields[.contentDisposition]?.hasPrefix("attachment; filename=\"pl_n.html\"") == true)
        #expect(answer.fields["Content-Security-Policy"]?.hasPrefix("sandbox") == true)
        #expect(answer.fields["X-Content-Type-Options"] == "nosniff")
        #expect(try await answer.collected() == bytes)
        #expect(answer.fields[.acceptRanges] == "bytes")
        await site.close()
    }

    @Test("Words after the solution take the ticket up again")
    func reopen() async throws {
        let site = try TestSite()
        let ticket = try await site.desk.store.accept(TestDesk.submission()).ticket
        try await site.behind.store.record(
            on: ticket.number, seeing: .desk, Recording(by: .program, note: Note("Done.", visibility: .public))
        ) { .resolved(.solved, note: $0.entry) }
        let link = try await link(to: ticket, on: site)
        let key = try #require(link.split(separator: "=").last)
        var browser = site.browser()
        expectPage(await browser.get(link))
        let place = "/tickets/\(ticket.number)/messages?key=\(key)"
        #expect(await browser.post(place, ["message": "No."]).status == .seeOther)
        let view = try #require(await site.behind.store.view(of: ticket.number, seeing: .desk, including: true))
        #expect(view.ticket.state == .assigned)
        await site.close()
    }
}
