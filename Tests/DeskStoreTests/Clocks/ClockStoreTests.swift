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
        #expect(view.log.count > events, "seed \(seed)")
        let states = try Ticket.replay(view.log.map(\.recorded), id: ticket.id)
        #expect(states.last?.ticket == view.ticket, "seed \(seed)")
        var clocks = Clocks()
        var legs: [Leg] = []
        for (state, effects) in states {
            if effects.contains(.settleClocks) {
                clocks.settle(for: state, after: effects, under: try view.directory.terms(for: state))
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

    /// Whatever clock runs has its deadlines armed, or they have fired; no other deadline is still to come; and
    /// whatever was missed has been told, or will be.
    private func checkDeadlines(of view: TicketView, seed: Int) async throws {
        let last = view.ticket.updatedAt
        for kept in view.clocks {
            let rows = try await TestDatabase.current.all(
                "select kind, percent, due_at, fired_at is not null from deadline where clock = \(kept.id)",
                as: (DeadlineKind, Int, Moment, Bool).self)
            for (kind, percent, due, hasFired) in rows where !hasFired && due > last {
                let deadline = Deadline(kind: kind, percent: percent, at: due)
                #expect(kept.clock.deadlines.contains(deadline), "seed \(seed): \(deadline) is too much")
            }
            for deadline in kept.clock.deadlines {
                let row = rows.first { $0.0 == deadline.kind && $0.1 == deadline.percent }
                let (_, _, due, hasFired) = try #require(row, "seed \(seed): \(deadline) is missing")
                #expect(hasFired || due == deadline.at || due <= last, "seed \(seed)")
            }
            let isOverdue = !kept.clock.isStopped && kept.clock.dueAt.map { $0 < last } ?? false
            if kept.clock.state == .missed || isOverdue {
                #expect(rows.contains { $0.0 == .breach }, "seed \(seed): nobody hears of \(kept.clock.key)")
            }
        }
    }

    /// Tries events until 60 have happened; half way, Oslo's hours change. Returns how many happened.
    private func live(_ ticket: Ticket, _ desk: TestDesk, seed: Int) async throws -> Int {
        var life = try await RandomLife(seed: seed, desk: desk, whole: desk.accept(at: "OSL").id)
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
            // Whoever fires deadlines comes late, and not always.
            if happened % 4 == 0 { try await fire(on: desk) }
            if happened == 30 { try await changeHours(desk) }
        }
        return happened
    }

    private func fire(on desk: TestDesk) async throws {
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            let due = try await desk.store.claimDeadlines(100, at: nil, now: desk.time.now, using: transaction)
            try await desk.store.fire(due, using: transaction)
        }
    }

    @Test(
        "What was due before an event is told after it: a pause, a longer target or the end undo no missed deadline",
        arguments: ["pause", "target", "end"])
    func dueBeforeAnEvent(what: String) async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept(at: "OSL")
        let due = try #require(
            await TestDatabase.current.first(
                """
                select d.due_at from deadline d join clock c on c.id = d.clock
                where c.ticket = \(ticket.id) and c.measure = 'resolution' and d.kind = 'breach'
                """, as: Moment.self))
        desk.time.advance(to: due + .seconds(5))
        var changes = Changes()
        (changes.priority, changes.basis) = (.planned, .person)
        let event: Ticket.Event =
            switch what {
            case "pause": .putOnHold(until: nil, note: nil)
            case "target": .changed(changes)
            default: .resolved(.solved, note: nil)
            }
        try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in event }
        try await fire(on: desk)
        let view = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
        let missed = view.log.filter { $0.recorded.event == .deadlineMissed(ClockMark(.resolution)) }
        #expect(missed.count == 1)
        try await fire(on: desk)
        let again = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
        #expect(again.log.count == view.log.count)
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
