import Desk
import DeskStore
import DeskTestSupport
import Foundation
import HTTP
import PostgresTestSupport
import Testing
import WebTestSupport

@Suite("The desk's files in the portal of suppliers", .database(template: TestDesk.template))
struct SharedFilesTests {
    private static let first = Array("what the requester sent".utf8)
    private static let second = (0..<400_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    /// A ticket with three files: of the request, of the referral, and of a note for the desk.
    private static func ticket(at desk: PortalDesk) async throws -> Ticket {
        var submission = TestDesk.submission()
        submission.uploads = [Upload(name: "smoke.png", type: "image/png; name=\"smoke.png\"", bytes: first)]
        let ticket = try await desk.site.desk.store.accept(submission).ticket
        let plan = Upload(name: "plan.pdf", type: "application/pdf", bytes: second)
        try await desk.record(on: ticket, note: "Look at the fuser.", uploads: [plan]) {
            .referred(try PortalDesk.key("fjordnett", $0), note: $0.entry)
        }
        let salary = Upload(name: "salary.txt", type: "text/plain", bytes: Array("secret".utf8))
        try await desk.record(on: ticket, note: "He complains.", uploads: [salary]) {
            .noteAdded(try #require($0.entry))
        }
        return ticket
    }

    private static func links(on page: String) -> [String] {
        page.matches(of: /href="([^"]+\/files\/[^"]+)"/).map { String($0.output.1) }
    }

    @Test("A supplier that may see words and files has the files of these words, with names where it may see names")
    func shown() async throws {
        let desk = try await PortalDesk(fields: ["subject", "description", "note", "files"])
        let ticket = try await Self.ticket(at: desk)
        let place = try await desk.exchange(of: ticket)
        var browser = try await desk.browser(of: "ola@fjordnett.example")
        let unnamed = await browser.get(place).text
        for name in ["smoke", "plan", "salary"] { #expect(!unnamed.contains("\(name).")) }
        var read: [[UInt8]] = []
        for link in Self.links(on: unnamed) {
            let file = await browser.get(link)
            #expect(file.status == .ok)
            read.append(try await file.collected())
        }
        #expect(Set(read) == [Self.first, Self.second] && read.count == 2)
        try await PortalDesk.apply(fields: ["subject", "description", "note", "files", "file_names"])
        let named = await browser.get(place).text
        #expect(named.contains("smoke.png") && named.contains("plan.pdf") && !named.contains("salary"))
        #expect(Set(Self.links(on: named)) == Set(Self.links(on: unnamed)))
        await desk.close()
    }

    @Test("A file of words that a supplier may not see is not there for it, and none is where no file may leave")
    func withheld() async throws {
        let desk = try await PortalDesk(fields: ["description", "note", "files", "file_names"])
        let ticket = try await Self.ticket(at: desk)
        let place = try await desk.exchange(of: ticket)
        var browser = try await desk.browser(of: "ola@fjordnett.example")
        let all = Self.links(on: await browser.get(place).text)
        try #require(all.count == 2)
        for (fields, shown, hidden) in [
            (["note", "files", "file_names"], ["plan.pdf"], ["smoke.png"]),
            (["description", "files", "file_names"], ["smoke.png"], ["plan.pdf"]),
            (["description", "note", "file_names"], [], ["plan.pdf", "smoke.png"]),
        ] {
            try await PortalDesk.apply(fields: fields)
            let page = await browser.get(place).text
            for name in shown { #expect(page.contains(name), "\(fields)") }
            for name in hidden { #expect(!page.contains(name), "\(fields)") }
            let left = Self.links(on: page)
            #expect(left.count == shown.count)
            for link in all where !left.contains(link) { expectPage(await browser.get(link), .notFound) }
        }
        await desk.close()
    }
}
