import Desk
import DeskStore
import DeskTestSupport
import Foundation
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("Tickets that belong together", .database(template: TestDesk.template))
struct TyingTests {
    @Test("A merged ticket is closed as a duplicate, and whoever asked or followed there follows the other one")
    func merge() async throws {
        let desk = try TestDesk()
        let (twin, kept) = try await (desk.accept(from: "ola@customer.example"), desk.accept())
        let third = try await desk.accept(from: "eva@customer.example")
        try await desk.record(on: twin) { _ in .joined(third.requester) }
        let merged = try await desk.tie { try await $0.merge(twin.number, into: kept.number, .desk, using: $1) }
        #expect(merged.ticket.state == .closed && merged.ticket.outcome == .duplicate)
        #expect(merged.ticket.ties.mergedInto == kept.id)
        let followers = try await TestDatabase.current.all(
            "select person from follower where ticket = \(kept.id) order by person", as: PersonID.self)
        #expect(followers == [twin.requester, third.requester].sorted())
        let events = try await TestDatabase.current.all(
            "select kind from event where ticket = \(kept.id) order by revision", as: String.self)
        #expect(events == ["opened", "absorbed", "joined"])
        let after = try #require(await desk.store.card(of: kept.number, seeing: .desk)).ticket
        #expect(after.ties.hasFollowers && after.state == .new)
    }

    @Test("Two people merge two tickets into each other at once: one of them goes on, and nobody waits for ever")
    func mergeCrosswise() async throws {
        let desk = try TestDesk()
        for _ in 0..<8 {
            let (one, other) = try await (desk.accept(), desk.accept(from: "ola@customer.example"))
            async let there = desk.refusal { try await $0.merge(one.number, into: other.number, .desk, using: $1) }
            async let back = desk.refusal { try await $0.merge(other.number, into: one.number, .desk, using: $1) }
            let refusals = try await [there, back]
            #expect(refusals.compactMap(\.self) == [.isMerged])
            let open = try await TestDatabase.current.first(
                "select count(*) from ticket where id in (\(one.id), \(other.id)) and state <> 'closed'", as: Int.self)
            #expect(open == 1)
        }
    }

    @Test("Nothing is merged into what ended, with open parts, into itself, or past the walls of a confidential team")
    func refusedMerges() async throws {
        let desk = try TestDesk()
        let (one, other) = try await (desk.accept(), desk.accept(from: "ola@customer.example"))
        func merging(_ source: Ticket, into target: Ticket) async throws -> Refusal.Reason? {
            try await desk.refusal { try await $0.merge(source.number, into: target.number, .desk, using: $1) }
        }
        #expect(try await merging(one, into: one) == .cannotBeItsOwn)
        try await desk.tie { try await $0.attach(other.number, toParent: one.number, .desk, using: $1) }
        #expect(try await merging(one, into: other) == .hasParts)
        try await desk.record(on: other) { _ in .leftParent }
        try await desk.record(on: other) { _ in .resolved(.solved, note: nil) }
        #expect(try await merging(one, into: other) == .isResolved)
        let secret = try await desk.accept(from: "eva@customer.example")
        try await desk.handOver(secret, to: "osl-staff")
        #expect(try await merging(one, into: secret) == .staysApart)
        #expect(try await merging(secret, into: one) == .staysApart)
        let parting = try await desk.refusal {
            try await $0.attach(one.number, toParent: secret.number, .desk, using: $1)
        }
        #expect(parting == .staysApart)
    }

    @Test("Parts make no circle, not even when four people close one at once, and go five tickets deep")
    func parts() async throws {
        let desk = try TestDesk()
        var opened: [TicketNumber] = []
        for _ in 0..<6 { opened.append(try await desk.accept().number) }
        let line = opened
        @Sendable func attaching(_ part: Int, to whole: Int) async throws -> Refusal.Reason? {
            let (part, whole) = (line[part], line[whole])
            return try await desk.refusal { try await $0.attach(part, toParent: whole, .desk, using: $1) }
        }
        async let first = attaching(0, to: 1)
        async let second = attaching(1, to: 2)
        async let third = attaching(2, to: 3)
        async let fourth = attaching(3, to: 0)
        #expect(try await [first, second, third, fourth].compactMap(\.self) == [.goesInCircles])
        try await TestDatabase.current.run("update ticket set parent = null")
        for place in 0..<4 { #expect(try await attaching(place, to: place + 1) == nil) }
        #expect(try await attaching(4, to: 5) == .isTooDeep)
        #expect(try await attaching(4, to: 0) == .goesInCircles)
    }

    @Test("A part of a request made by phone has been answered too, and stays so whatever happens next")
    func splitOfACall() async throws {
        let desk = try TestDesk()
        let agent = Ticket.Actor.person(try await desk.person("kari.nordmann"))
        var submission = TestDesk.submission()
        submission.channel = .phone
        let source = try await desk.store.accept(submission, by: agent).ticket
        let entries = try #require(await desk.store.view(of: source.number, seeing: .desk, including: true)).entries
        let part = try await desk.tie {
            try await $0.split(
                source.number, entries: entries.map(\.uuid), subject: "The smoke", Recording(by: agent), using: $1)
        }
        #expect(part.ticket.times.firstResponse == part.ticket.times.opened)
        try await desk.handOver(part.ticket, to: "ams-network")
        let view = try #require(await desk.store.view(of: part.ticket.number, seeing: .desk, including: true))
        #expect(try Ticket.replay(view.log.map(\.recorded), id: part.ticket.id).last?.ticket == view.ticket)
        #expect(view.clocks.map(\.clock).filter { $0.measure == .firstResponse }.map(\.state) == [.met])
    }

    @Test("Chosen entries become a ticket of the same requester with their files; the first ticket keeps its own")
    func split() async throws {
        let desk = try TestDesk()
        let upload = Upload(name: "photo.txt", type: "text/plain", bytes: Array("smoke".utf8))
        let source = try await desk.accept(uploads: [upload])
        try await desk.record(on: source, note: "Two things at once") { .noteAdded(try #require($0.entry)) }
        let view = try #require(await desk.store.view(of: source.number, seeing: .desk, including: true))
        let ids = view.entries.map(\.uuid)
        let part = try await desk.tie {
            try await $0.split(source.number, entries: ids, subject: "The smoke", .desk, using: $1)
        }
        let made = try #require(await desk.store.view(of: part.ticket.number, seeing: .desk, including: true))
        #expect(part.subject == "The smoke" && part.ticket.requester == source.requester)
        #expect(made.entries.map(\.text) == view.entries.map(\.text))
        #expect(made.entries.map(\.visibility) == view.entries.map(\.visibility))
        #expect(made.entries[0].attachments.map(\.name) == ["photo.txt"])
        let after = try #require(await desk.store.view(of: source.number, seeing: .desk, including: true))
        #expect(after.entries == view.entries && after.log.last?.recorded.event == .split(into: part.ticket.id))
        let card = try #require(await desk.store.card(of: source.number, seeing: .desk))
        #expect(card.links.map(\.number) == [part.ticket.number])
        #expect(card.links.map(\.kind) == [.splitFrom] && card.links.map(\.direction) == [.incoming])
        await #expect(throws: UnfitSplit.nothingPublic) {
            try await desk.tie { try await $0.split(source.number, entries: [ids[1]], subject: "x", .desk, using: $1) }
        }
        await #expect(throws: UnfitSplit.strangeEntry(ids[0])) {
            try await desk.tie {
                try await $0.split(part.ticket.number, entries: [ids[0]], subject: "x", .desk, using: $1)
            }
        }
    }

    @Test(
        "A link is made once, read from both sides, hidden from whoever sees one side only, and taken away from either")
    func links() async throws {
        let desk = try TestDesk()
        let (one, other) = try await (desk.accept(), desk.accept(at: "AMS", from: "ola@customer.example"))
        try await desk.tie { try await $0.link(one.number, to: other.number, .related, .desk, using: $1) }
        let again = try await desk.refusal {
            try await $0.link(other.number, to: one.number, .related, .desk, using: $1)
        }
        #expect(again == .changesNothing)
        let directory = try await desk.store.directory()
        let site = try #require(directory.sites["AMS"])
        try await TestDesk.playing("meridian_intake") { gateway in
            let card = try await gateway.store.card(of: other.number, seeing: directory.sight(of: site))
            #expect(card?.links == [])
            let whole = try await gateway.store.card(of: other.number, seeing: directory.sight(of: nil))
            #expect(whole?.links.map(\.direction) == [.incoming])
            await #expect(throws: NoSuchTicket(number: one.number.description)) {
                try await gateway.tie(seeing: directory.sight(of: site)) {
                    try await $0.merge(other.number, into: one.number, .desk, using: $1)
                }
            }
        }
        try await desk.tie { try await $0.unlink(other.number, from: one.number, .related, .desk, using: $1) }
        #expect(try await desk.store.card(of: one.number, seeing: .desk)?.links == [])
    }
}
