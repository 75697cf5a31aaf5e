import Desk
import DeskStore
import DeskTestSupport
import Foundation
import Moments
import Postgres
import PostgresTestSupport
import Routing
import RoutingTestSupport
import Runtime
import Testing

@Suite("Reports of a known disturbance", .database(template: TestDesk.template))
struct DisturbanceJoiningTests {
    /// Announces at Oslo that the VPN is slow.
    private func announce(on desk: TestDesk) async throws -> Ticket {
        let directory = try await desk.store.directory()
        let oslo = try #require(directory.sites["OSL"])
        var submission = TestDesk.submission(from: "first@customer.example", at: oslo, subject: "VPN is slow")
        submission.category = directory.categories["vpn"]
        let major = try await desk.store.accept(submission).ticket
        try await RoutingRun(desk).drain("routing")
        let words = [
            "en": Announcement.Words(title: "VPN is slow", text: "We look into it."),
            "nb": Announcement.Words(title: "VPN er treg", text: "Vi ser på det."),
        ]
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            try await desk.store.announce(
                major.number, at: oslo, words, Recording(by: .program), using: transaction)
        }
        return major
    }

    /// A report that arrived and was routed.
    private func report(
        _ subject: String, from address: String = "kari@customer.example", at site: String = "OSL", on desk: TestDesk
    ) async throws -> TicketView {
        let place = try #require(await desk.store.directory().sites[site])
        desk.time.advance(by: .seconds(60))
        var submission = TestDesk.submission(from: address, at: place, subject: subject)
        submission.channel = .mail
        let number = try await desk.store.accept(submission).ticket.number
        try await RoutingRun(desk).drain("routing")
        return try #require(await desk.store.view(of: number, seeing: .desk, including: true))
    }

    private func acknowledgement(of ticket: Ticket, on desk: TestDesk) async throws -> OwedLetter {
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            let id = try await transaction.first(
                "select id from letter where ticket = \(ticket.id) and kind = 'acknowledgement'", as: Int64.self)
            let key = try #require(id)
            return try #require(await desk.store.letter(key, using: transaction))
        }
    }

    @Test("One that surely is the same becomes a part by itself, is acknowledged as such, and is solved with it")
    func joins() async throws {
        let desk = try TestDesk()
        _ = try await report("Something else", on: desk)
        let major = try await announce(on: desk)
        let part = try await report("My vpn is terribly slow", on: desk)
        #expect(part.ticket.ties.parent == major.id && part.ticket.state == .assigned)
        #expect(part.log.last?.recorded.event.kind == .becameChild && part.log.last?.recorded.actor == .program)
        let letter = try await acknowledgement(of: part.ticket, on: desk)
        #expect(letter.trouble.joined?.words(in: "nb")?.title == "VPN er treg" && letter.trouble.mentioned.isEmpty)
        try await desk.store.record(on: major.number, seeing: .desk, Recording(by: .program)) { _ in
            .resolved(.solved, note: nil)
        }
        try await RoutingRun(desk).drain("routing")
        let solved = try #require(await desk.store.view(of: part.ticket.number, seeing: .desk, including: true))
        #expect(solved.ticket.outcome == .solved)
    }

    @Test("An agent takes it out again, and it stays out")
    func takenOut() async throws {
        let desk = try TestDesk()
        _ = try await report("Something else", on: desk)
        _ = try await announce(on: desk)
        let part = try await report("My vpn is terribly slow", on: desk)
        try await desk.store.record(on: part.ticket.number, seeing: .desk, Recording(by: .program)) { _ in .leftParent }
        _ = try await desk.store.routeAgain(part.ticket.number, cause: "test")
        let after = try #require(await desk.store.view(of: part.ticket.number, seeing: .desk, including: true))
        #expect(after.ticket.ties.parent == nil)
    }

    @Test(
        "A stranger's, one of another matter and one from another site are left alone; the stranger's is told of it",
        arguments: [
            ("My vpn is terribly slow", "stranger@elsewhere.example", "OSL", 1),
            ("The printer is slow", "kari@customer.example", "OSL", 1),
            ("The printer is on fire", "kari@customer.example", "OSL", 0),
            ("My vpn is terribly slow", "kari@customer.example", "WAW", 0),
        ])
    func leftAlone(subject: String, address: String, site: String, mentioned: Int) async throws {
        let desk = try TestDesk()
        _ = try await report("Something else", at: site, on: desk)
        let major = try await announce(on: desk)
        let view = try await report(subject, from: address, at: site, on: desk)
        #expect(view.ticket.ties.parent == nil)
        let letter = try await acknowledgement(of: view.ticket, on: desk)
        // Whoever is at home at the announcement's site is told wherever he writes to.
        #expect(letter.trouble.mentioned.count == mentioned && letter.trouble.joined == nil)
        guard mentioned == 1 else { return }
        let holds = try await desk.store.transaction { (transaction: borrowing Transaction) in
            try await desk.store.join(
                view.ticket.number, to: letter.trouble.mentioned[0].identity, by: view.ticket.requester, cause: nil,
                using: transaction)
        }
        let after = try #require(await desk.store.view(of: view.ticket.number, seeing: .desk, including: true))
        #expect(holds && after.ticket.ties.parent == major.id)
    }

    @Test("The routing worker joins under its own database role")
    func ownRole() async throws {
        let plain = try TestDesk()
        _ = try await report("Something else", on: plain)
        let major = try await announce(on: plain)
        plain.time.advance(by: .seconds(60))
        let place = try await plain.store.directory().sites["OSL"]
        let submission = TestDesk.submission(at: place, subject: "vpn slow")
        let ticket = try await plain.store.accept(submission).ticket
        let desk = try TestDesk(as: "meridian_routing", time: plain.time)
        try await RoutingRun(desk).drain("routing")
        let after = try #require(await plain.store.view(of: ticket.number, seeing: .desk, including: true))
        #expect(after.ticket.ties.parent == major.id)
        await desk.store.database.close()
    }
}
