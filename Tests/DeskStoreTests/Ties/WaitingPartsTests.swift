import Desk
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@testable import DeskStore

@Suite("Parts of a major incident that wait with it", .database(template: TestDesk.template))
struct WaitingPartsTests {
    private func parts(on desk: TestDesk) async throws -> (whole: Ticket, part: Ticket) {
        let (whole, part) = try await (desk.accept(), desk.accept(at: "AMS", from: "ola@customer.example"))
        try await desk.record(on: whole) { _ in .declaredMajor }
        try await desk.tie { try await $0.attach(part.number, toParent: whole.number, .desk, using: $1) }
        return (whole, part)
    }

    private func wait(_ part: Ticket, on desk: TestDesk) async throws -> Refusal.Reason? {
        try await desk.refusal { try await $0.waitWithParent(part.number, .desk, using: $1) }
    }

    private func view(of ticket: Ticket, on desk: TestDesk) async throws -> TicketView {
        try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
    }

    @Test(
        "While a part waits nothing is due; afterwards each clock has as much left as before, and the log tells it all")
    func clocks() async throws {
        let desk = try TestDesk()
        let (_, part) = try await parts(on: desk)
        #expect(try await wait(part, on: desk) == nil)
        let held = try await view(of: part, on: desk)
        #expect(held.ticket.state == .waitingOther && held.ticket.ties.waitsForParent)
        let clocks = held.clocks.map(\.clock)
        #expect(clocks.count >= 2 && clocks.allSatisfy { $0.state == .paused && $0.segments.last?.pause == .parent })
        desk.time.advance(by: .seconds(30 * 86_400))
        let due = try await desk.store.transaction { (transaction: borrowing Transaction) in
            try await desk.store.claimDeadlines(100, at: nil, now: desk.time.now, using: transaction).map(\.ticket)
        }
        #expect(!due.contains(part.id))
        try await desk.record(on: part) { _ in .resumed }
        let after = try await view(of: part, on: desk)
        #expect(!after.ticket.ties.waitsForParent && after.ticket.state == .assigned)
        for (clock, before) in zip(after.clocks.map(\.clock), clocks) {
            #expect(clock.key == before.key && clock.state == .running)
            #expect(clock.remaining(at: after.ticket.updatedAt) == before.remaining(at: held.ticket.updatedAt))
            let due = try #require(clock.dueAt)
            #expect(due > after.ticket.updatedAt && clock.remaining(at: due) == 0)
        }
        try check(after)
    }

    /// The ticket, its clocks and its legs are those of its log.
    private func check(_ view: TicketView) throws {
        let states = try Ticket.replay(view.log.map(\.recorded), id: view.ticket.id)
        #expect(states.last?.ticket == view.ticket)
        var clocks = Clocks()
        for (state, effects) in states where effects.contains(.settleClocks) {
            clocks.settle(for: state, after: effects, under: try view.directory.terms(for: state))
        }
        #expect(Set(view.clocks.map(\.clock)) == Set(clocks.clocks))
        for (leg, next) in zip(view.legs, view.legs.dropFirst()) { #expect(leg.endedAt == next.startedAt) }
    }

    @Test("Only a part of a major incident that goes on waits; not of another ticket, of a solved one or of none")
    func refused() async throws {
        let desk = try TestDesk()
        let (whole, part) = try await parts(on: desk)
        #expect(try await wait(whole, on: desk) == .isNoPart)
        try await desk.record(on: whole) { _ in .stoodDown }
        #expect(try await wait(part, on: desk) == .isNoPart)
        try await desk.record(on: whole) { _ in .declaredMajor }
        #expect(try await wait(part, on: desk) == nil)
        #expect(try await wait(part, on: desk) == .changesNothing)
        try await desk.record(on: part) { _ in .resumed }
        try await desk.record(on: whole) { _ in .resolved(.solved, note: nil) }
        #expect(try await wait(part, on: desk) == .isNoPart)
        try check(try await view(of: part, on: desk))
    }

    @Test("A desk that sees the part alone has it wait; whoever does not see the part does not")
    func sight() async throws {
        let desk = try TestDesk()
        let (_, part) = try await parts(on: desk)
        let directory = try await desk.store.directory()
        let (here, elsewhere) = try (#require(directory.sites["AMS"]), #require(directory.sites["WAW"]))
        try await TestDesk.playing("meridian_intake") { gateway in
            gateway.time.advance(to: desk.time.now)
            await #expect(throws: NoSuchTicket(number: part.number.description)) {
                try await gateway.tie(seeing: directory.sight(of: elsewhere)) {
                    try await $0.waitWithParent(part.number, .desk, using: $1)
                }
            }
            let held = try await gateway.tie(seeing: directory.sight(of: here)) {
                try await $0.waitWithParent(part.number, .desk, using: $1)
            }
            #expect(held.ticket.ties.waitsForParent)
        }
    }

    @Test("Who asks for all parts to wait reaches those that he sees")
    func sightOfAll() async throws {
        let desk = try TestDesk()
        let (whole, part) = try await parts(on: desk)
        let near = try await desk.accept()
        try await desk.tie { try await $0.attach(near.number, toParent: whole.number, .desk, using: $1) }
        let directory = try await desk.store.directory()
        let oslo: SiteID = try #require(directory.sites["OSL"])
        try await TestDesk.playing("meridian_intake") { gateway in
            gateway.time.advance(to: desk.time.now)
            let count = try await gateway.store.transaction(seeing: directory.sight(of: oslo)) {
                (transaction: borrowing Transaction) in
                try await gateway.store.holdParts(of: whole.number, .desk, using: transaction)
            }
            #expect(count == 1)
        }
        let named = try await TestDatabase.current.all(
            "select arguments->'parts'->>0 from jobs.job where kind = 'ticket.hold-parts'", as: String.self)
        #expect(named == [near.id.description] && part.id != near.id)
    }

    @Test("Out of the whole, merged or moved, a part waits no more; a team of another desk takes the wait over")
    func ends() async throws {
        let desk = try TestDesk()
        let (whole, part) = try await parts(on: desk)
        #expect(try await wait(part, on: desk) == nil)
        let assigned = try await desk.record(on: part) {
            .assigned(try $0.directory.responsibility(of: "waw-network"))
        }
        #expect(assigned.ties.waitsForParent)
        let moved = try await desk.handOver(part, to: "ams-network")
        #expect(moved.state == .assigned && !moved.ties.waitsForParent)
        #expect(try await wait(part, on: desk) == nil)
        let out = try await desk.record(on: part) { _ in .leftParent }
        #expect(out.state == .assigned && !out.ties.waitsForParent)
        try await desk.tie { try await $0.attach(part.number, toParent: whole.number, .desk, using: $1) }
        #expect(try await wait(part, on: desk) == nil)
        let kept = try await desk.accept()
        let merged = try await desk.tie { try await $0.merge(part.number, into: kept.number, .desk, using: $1) }
        #expect(merged.ticket.state == .closed && !merged.ticket.ties.waitsForParent)
        try check(try await view(of: part, on: desk))
    }
}
