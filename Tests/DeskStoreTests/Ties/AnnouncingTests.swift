import Desk
import DeskStore
import DeskTestSupport
import Foundation
import Moments
import Postgres
import PostgresTestSupport
import Testing

@Suite("A major incident is announced, joined and ended", .database(template: TestDesk.template))
struct AnnouncingTests {
    private static let words = [
        "en": Announcement.Words(title: "E-mail is slow", text: "We look into it."),
        "sv": Announcement.Words(title: "E-posten är långsam", text: "Vi undersöker."),
    ]

    @Test(
        "Everybody reads the words and nothing of the ticket; hundreds join at once, each once, and no ticket is opened"
    )
    func join() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        let site = try #require(await desk.store.directory().sites["OSL"])
        try await Self.announce(ticket, at: site, on: desk)
        try await TestDesk.playing("meridian_intake") { gateway in
            let elsewhere = try #require(await gateway.store.directory().sites["AMS"])
            #expect(try await gateway.store.announcements(at: elsewhere).isEmpty)
            let announced = try #require(await gateway.store.announcements(at: site).first)
            #expect(announced.words(in: "sv")?.title == "E-posten är långsam")
            #expect(announced.words(in: "pl")?.title == "E-mail is slow")
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        // Everybody presses twice.
                        let contact = Contact(address: "p\(number / 2)@customer.example", language: "sv")
                        return try await gateway.store.join(announced.identity, contact, cause: nil)
                    }
                }
                for try await holds in group { #expect(holds) }
            }
        }
        let counts = try #require(
            await TestDatabase.current.first(
                """
                select (select count(*) from follower where ticket = \(ticket.id)), (select count(*) from ticket),
                    (select count(*) from event where kind = 'joined')
                """, as: (Int, Int, Int).self))
        #expect(counts.0 == 100 && counts.1 == 1 && counts.2 == 100)
    }

    @Test(
        "When the ticket is solved the announcement ends, and its followers are told by its title, never by the ticket")
    func over() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        try await Self.announce(ticket, at: nil, on: desk)
        let identity = try #require(await desk.store.announcements().first).identity
        #expect(try await desk.store.join(identity, Contact(address: "ola@customer.example"), cause: nil))
        try await desk.record(on: ticket) { _ in .resolved(.solved, note: nil) }
        #expect(try await desk.store.announcements().isEmpty)
        #expect(try await !desk.store.join(identity, Contact(address: "eva@customer.example"), cause: nil))
        let letter = try await desk.store.transaction { (transaction: borrowing Transaction) in
            let id = try await transaction.first("select id from letter where audience = 'followers'", as: Int64.self)
            let key = try #require(id)
            return try #require(await desk.store.letter(key, using: transaction))
        }
        #expect(letter.recipients.map(\.address) == ["ola@customer.example"])
        #expect(letter.titles["sv"] == "E-posten är långsam" && letter.ownReports.isEmpty)
    }

    @Test("Nothing more is told of a major incident that is solved, until it is open again", arguments: [false, true])
    func ended(isClosed: Bool) async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        try await Self.announce(ticket, at: nil, on: desk)
        try await desk.record(on: ticket) { _ in .resolved(.solved, note: nil) }
        if isClosed { try await desk.record(on: ticket) { _ in .closed } }
        let refusal = await #expect(throws: Refusal.self) { try await Self.announce(ticket, at: nil, on: desk) }
        #expect(refusal?.reason == (isClosed ? .isClosed : .isResolved))
        #expect(try await desk.store.announcements().isEmpty)
        try await desk.record(on: ticket) { _ in .reopened(.notSolved, note: nil) }
        try await Self.announce(ticket, at: nil, on: desk)
        let identity = try #require(await desk.store.announcements().first).identity
        #expect(try await desk.store.join(identity, Contact(address: "ola@customer.example"), cause: nil))
    }

    @Test("The same site is told once, and whoever stands a major incident down ends what is told")
    func standDown() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        try await Self.announce(ticket, at: nil, on: desk)
        await #expect(throws: Refusal.self) { try await Self.announce(ticket, at: nil, on: desk) }
        try await desk.record(on: ticket) { _ in .stoodDown }
        #expect(try await desk.store.announcements().isEmpty)
    }

    private static func announce(_ ticket: Ticket, at site: SiteID?, on desk: TestDesk) async throws {
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            try await desk.store.announce(
                ticket.number, at: site, words, Recording(by: .program), using: transaction)
        }
    }
}
