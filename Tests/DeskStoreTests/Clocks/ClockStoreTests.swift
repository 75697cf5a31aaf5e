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
            clocks.perform(effects, on: state, under: try view.directory.terms(for: state))
            for case .openLeg(let leg) in effects { legs.append(leg) }
        }
        #expect(view.clocks.map { Kept($0.clock) } == clocks.clocks.map(Kept.init), "seed \(seed)")
        #expect(view.legs.map(\.startedAt) == legs.map(\.startedAt), "seed \(seed)")
        #expect(view.legs.map(\.holder) == legs.map(\.holder), "seed \(seed)")
        for (leg, next) in zip(view.legs, view.legs.dropFirst()) where leg.episode == next.episode {
            #expect(leg.endedAt == next.startedAt, "seed \(seed)")
        }
        try await checkDeadlines(of: view, seed: seed)
    }

    /// Whatever clock runs has its two deadlines armed, and no other has one.
    private func checkDeadlines(of view: TicketView, seed: Int) async throws {
        for kept in view.clocks {
            let armed = try await TestDatabase.current.all(
                "select kind, due_at from deadline where clock = \(kept.id) and due_at is not null order by kind",
                as: (DeadlineKind, Moment).self)
            let due = kept.clock.deadlines.sorted { $0.kind.rawValue < $1.kind.rawValue }
            #expect(armed.map(\.0) == due.map(\.kind), "seed \(seed)")
            #expect(armed.map(\.1) == due.map(\.at), "seed \(seed)")
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

    private func changeHours(_ desk: TestDesk) async throws {
        desk.time.advance(by: .seconds(1))
        let edited = try TestDesk.organisation { document in
            var calendars = try #require(document["calendars"] as? [String: [String: Any]])
            calendars["oslo-office"]?["weekly"] = ["mon": [["10:00", "15:30"]], "sat": [["09:00", "12:00"]]]
            document["calendars"] = calendars
        }
        _ = try await desk.store.apply(edited, by: "the tests")
    }
}

/// What is kept of a clock: all but which tickets its target was meant for.
private struct Kept: Equatable {
    let amount: [Int64]
    let calendar: String
    let pauses: Set<PauseReason>
    let state: Clock.State
    let times: [Moment?]
    let segments: [ClockSegment]
    let version: CalendarVersionID

    init(_ clock: Clock) {
        let target = clock.target
        amount = [Int64(clock.episode), target.seconds, Int64(target.warningPercent)]
        calendar = "\(target.measure.rawValue) by \(target.calendar.word)"
        (pauses, state, segments) = (target.pauses, clock.state, clock.segments)
        times = [clock.startedAt, clock.stoppedAt, clock.dueAt, clock.warnAt]
        version = clock.calendar.id
    }
}
