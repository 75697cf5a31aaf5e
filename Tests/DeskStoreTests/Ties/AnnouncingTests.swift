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
                    // As many as wait for one of few connections without being told that there is none.
                    if number >= 8, let holds = try await group.next() { #expect(holds) }
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

    @Test(
        "Words are changed in all the languages told, by whoever has read the last ones; each change is an event"
    )
    func reworded() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        try await Self.announce(ticket, at: nil, on: desk)
        let identity = try #require(await desk.store.announcements().first).identity
        @Sendable func change(_ words: [String: Announcement.Words], from revision: Int64) async throws {
            _ = try await desk.store.transaction { (transaction: borrowing Transaction) in
                try await desk.store.change(
                    identity, to: words, from: revision, Recording(by: .program), using: transaction)
            }
        }
        let english = Announcement.Words(title: "E-mail is slow", text: "A disk is full. Back at noon.")
        await #expect(throws: UnfitAnnouncement.leavesOut(["sv"])) { try await change(["en": english], from: 1) }
        await #expect(throws: Refusal.self) { try await change(Self.words, from: 1) }
        var words = Self.words
        words["en"] = english
        words["pl"] = Announcement.Words(title: "Poczta działa wolno", text: "Dysk jest pełny.")
        try await change(words, from: 1)
        await #expect(throws: UnfitAnnouncement.changed(revision: 2)) { try await change(Self.words, from: 1) }
        let told = try #require(await desk.store.announcements().first)
        #expect(told.words == words && told.identity == identity)
        let log = try await TestDatabase.current.all(
            """
            select v.kind, e.text, e.translations->>'sv' from event v
            left join entry e on e.id = (v.data::jsonb->>'words')::bigint
            where v.ticket = \(ticket.id) and v.kind like 'announ%' order by v.revision
            """, as: (String, String?, String?).self)
        #expect(log.map(\.0) == ["announced", "announcement_changed"])
        #expect(log[0].1?.contains("We look into it.") == true && log[1].1?.contains("Back at noon.") == true)
        #expect(log[0].1 == "E-mail is slow\n\nWe look into it.")
        #expect(log[1].2 == "E-posten är långsam\n\nVi undersöker.")
    }

    @Test("What is told at one site ends while the incident goes on; who joined there is told when it is over")
    func endedAtOneSite() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        let site = try #require(await desk.store.directory().sites["OSL"])
        try await Self.announce(ticket, at: site, on: desk)
        let identity = try #require(await desk.store.announcements().first).identity
        #expect(try await desk.store.join(identity, Contact(address: "ola@customer.example"), cause: nil))
        @Sendable func end(from revision: Int64) async throws -> AnnouncementView? {
            try await desk.store.transaction { (transaction: borrowing Transaction) in
                try await desk.store.end(identity, from: revision, Recording(by: .program), using: transaction)
            }
        }
        await #expect(throws: UnfitAnnouncement.changed(revision: 1)) { try await end(from: 7) }
        #expect(try await end(from: 1)?.until == TestDesk.monday)
        await #expect(throws: UnfitAnnouncement.over) { try await end(from: 2) }
        #expect(try await desk.store.announcements().isEmpty)
        try await desk.record(on: ticket) { _ in .resolved(.solved, note: nil) }
        let told = try await TestDatabase.current.first(
            "select count(*) from letter where audience = 'followers'", as: Int.self)
        #expect(told == 1)
    }

    @Test("While the team of the incident is confidential no door tells of it, and who joined is told when it is over")
    func confidential() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept(at: "OSL")
        try await Self.announce(ticket, at: nil, on: desk)
        let identity = try #require(await desk.store.announcements().first).identity
        #expect(try await desk.store.join(identity, Contact(address: "ola@customer.example"), cause: nil))
        let team = try #require(await desk.store.directory().team(ticket.responsibility.place.team)?.code)
        for isConfidential in [true, false] {
            let edited = try TestDesk.organisation(team: team, with: ["confidential": isConfidential])
            _ = try await desk.store.apply(edited, by: "the tests")
            try await TestDesk.playing("meridian_intake") { gateway in
                #expect(try await gateway.store.announcements().isEmpty == isConfidential)
                let eva = Contact(address: "eva\(isConfidential)@customer.example")
                #expect(try await gateway.store.join(identity, eva, cause: nil) != isConfidential)
                let submission = TestDesk.submission(
                    from: "rita@customer.example", at: ticket.origin, subject: "E-mail is slow")
                let report = try await gateway.store.accept(submission).ticket
                let trouble = try await gateway.store.requested(
                    report.number, seeing: Sight(requester: report.requester)
                )?.trouble
                #expect(trouble?.mentioned.isEmpty == isConfidential)
            }
        }
        let hidden = try TestDesk.organisation(team: team, with: ["confidential": true])
        _ = try await desk.store.apply(hidden, by: "the tests")
        try await desk.record(on: ticket) { _ in .resolved(.solved, note: nil) }
        let told = try await TestDatabase.current.first(
            "select count(*) from letter where audience = 'followers'", as: Int.self)
        #expect(told == 1)
    }

    private static func announce(_ ticket: Ticket, at site: SiteID?, on desk: TestDesk) async throws {
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            try await desk.store.announce(
                ticket.number, at: site, words, Recording(by: .program), using: transaction)
        }
    }
}
