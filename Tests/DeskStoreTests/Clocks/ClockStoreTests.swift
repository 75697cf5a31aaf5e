import Desk
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Synchronization
import Testing

@testable import DeskStore

@Suite("Clocks and legs in the store", .database(template: TestDesk.template))
struct ClockStoreTests {
    @Test("After any life, the clocks and legs that were kept are those of the log replayed", arguments: 0..<4)
    func replay(seed: Int) async throws {
        let desk = try TestDesk()
        _ = try await desk.store.apply(TestDesk.organisation(edited: promisingMore), by: "the tests")
        let ticket = try await desk.accept(at: "OSL")
        let events = try await live(ticket, desk, seed: seed)
        #expect(events >= 50, "seed \(seed)")

        let view = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
        #expect(view.log.count == events + 1, "seed \(seed)")
        let states = try Ticket.replay(view.log.map(\.recorded), id: ticket.id)
        #expect(states.last?.ticket == view.ticket, "seed \(seed)")
        var clocks = Clocks()
        var legs: [Leg] = []
        for (state, effects) in states {
            if effects.contains(.settleClocks) {
                clocks.settle(for: state, under: try view.directory.terms(for: state))
            }
            for case .openLeg(let leg) in effects { legs.append(leg) }
        }
        #expect(Set(view.clocks.map(\.clock)) == Set(clocks.clocks), "seed \(seed)")
        #expect(Set(clocks.clocks.map(\.measure)).count >= 5, "seed \(seed)")
        #expect(view.legs.map(\.startedAt) == legs.map(\.startedAt), "seed \(seed)")
        #expect(view.legs.map(\.holder) == legs.map(\.holder), "seed \(seed)")
        for (leg, next) in zip(view.legs, view.legs.dropFirst()) where leg.episode == next.episode {
            #expect(leg.endedAt == next.startedAt, "seed \(seed)")
        }
        try await checkDeadlines(of: view, seed: seed)
    }

    /// Whatever clock runs has its deadlines armed, and no other has one.
    private func checkDeadlines(of view: TicketView, seed: Int) async throws {
        for kept in view.clocks {
            let armed = try await TestDatabase.current.all(
                "select kind, percent, due_at from deadline where clock = \(kept.id) and due_at is not null",
                as: (DeadlineKind, Int, Moment).self)
            let deadlines = armed.map { Deadline(kind: $0.0, percent: $0.1, at: $0.2) }
            #expect(Set(deadlines) == Set(kept.clock.deadlines), "seed \(seed)")
        }
    }

    /// Tries events until 60 have happened; half way, Oslo's hours change. Returns how many happened.
    private func live(_ ticket: Ticket, _ desk: TestDesk, seed: Int) async throws -> Int {
        var life = try await RandomLife(seed: seed, desk: desk)
        var happened = 0
        for _ in 0..<500 where happened < 60 {
            desk.time.advance(by: life.pause())
            let actor = life.actor()
            let recording = Recording(by: actor, note: Note("n", visibility: .internal))
            let chance = Mutex(life)
            do {
                try await desk.store.record(on: ticket.number, seeing: .desk, recording) { occasion in
                    let note = try #require(occasion.entry)
                    return chance.withLock { $0.event(note: note) }
                }
                happened += 1
            } catch is Refusal {}
            life = chance.withLock(\.self)
            if happened == 30 { try await changeHours(desk) }
        }
        return happened
    }

    /// Targets of all measures that a ticket by itself demands.
    private func promisingMore(_ document: inout [String: Any]) throws {
        var targets = try #require(document["targets"] as? [[String: Any]])
        targets += [
            ["name": "News", "measure": "update", "within": "2h", "warning_percents": [50, 75, 90]],
            ["name": "First line", "measure": "time_box", "within": "15m"],
            ["name": "Second line", "measure": "team", "tiers": [2], "within": "6h"],
        ]
        document["targets"] = targets
    }

    private func changeHours(_ desk: TestDesk) async throws {
        desk.time.advance(by: .seconds(1))
        let edited = try TestDesk.organisation { document in
            var calendars = try #require(document["calendars"] as? [String: [String: Any]])
            calendars["oslo-office"]?["weekly"] = ["mon": [["10:00", "15:30"]], "sat": [["09:00", "12:00"]]]
            document["calendars"] = calendars
            try promisingMore(&document)
        }
        _ = try await desk.store.apply(edited, by: "the tests")
    }
}
