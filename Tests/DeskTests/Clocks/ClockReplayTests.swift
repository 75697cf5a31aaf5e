import Desk
import Moments
import SeedTestSupport
import Testing

/// Ten thousand lives, in lots so that they run beside one another.
@Suite("The clocks of any life")
struct ClockReplayTests {
    private static let lot = 500
    private let sample: ClockSample

    init() throws { sample = try ClockSample() }

    @Test(
        "Step by step they count what a plain replay of the log counts, to the microsecond, and all time is somebody's",
        arguments: 0..<20)
    func agreesWithReplay(number: Int) throws {
        for seed in number * Self.lot..<(number + 1) * Self.lot { try check(seed) }
    }

    @Test("Chance plays every kind of event; parts wait with their whole again and again")
    func everything() {
        var played: [Ticket.Event.Kind: Int] = [:]
        for seed in 0..<2000 {
            for recorded in RandomHistory(seed: Seed(seed), length: 16).log {
                played[recorded.event.kind, default: 0] += 1
            }
        }
        let missing = Set(Ticket.Event.Kind.allCases).subtracting(played.keys)
        #expect(missing.isSubset(of: [.automated, .automationStopped, .told]), "\(missing)")
        #expect(played[.waitsForParent, default: 0] >= 100, "\(played[.waitsForParent, default: 0])")
    }

    private func check(_ seed: Int) throws {
        let history = RandomHistory(seed: Seed(seed), length: 16)
        let states = try Ticket.replay(history.log, id: history.ticket.id)
        let targets = ClockSample.everything
        var (clocks, eager) = (Clocks(), Clocks())
        for (ticket, effects) in states {
            let terms = sample.terms(for: ticket, targets: targets)
            if effects.contains(.settleClocks) { clocks.settle(for: ticket, after: effects, under: terms) }
            eager.settle(for: ticket, after: effects, under: terms)
            let moved = clocks.clocks.filter { $0.segments.last?.startedAt == ticket.updatedAt }
            for clock in moved {
                try checkDue(clock, at: ticket.updatedAt, seed)
                checkEscalations(clock, at: ticket.updatedAt, seed)
            }
        }
        // The effect is said whenever settling would change something.
        #expect(clocks == eager, "seed \(seed)")

        let end = history.ticket.updatedAt + .seconds(100_000)
        let plain = PlainReplay(history.log, states.map(\.ticket), sample, targets)
        var seen: Set<PlainReplay.Round> = []
        for clock in clocks.clocks {
            let round = PlainReplay.Round(episode: clock.episode, key: clock.key)
            #expect(seen.insert(round).inserted, "seed \(seed): \(round) runs twice")
            #expect(clock.elapsed(at: end) == plain.elapsed(round, until: end), "seed \(seed), \(round)")
            checkSegments(clock, until: end, seed)
            if clock.state == .met { #expect(plain.kept.contains(round), "seed \(seed): \(round) was not kept") }
            // Of these two no target goes away, and nothing but what keeps them is said of them in the log.
            if clock.state == .cancelled, clock.measure == .callback || clock.measure == .supplierAcknowledgement {
                #expect(!plain.kept.contains(round), "seed \(seed): \(round) was kept")
            }
        }
        #expect(plain.rounds.isSubset(of: seen), "seed \(seed)")
        checkAttribution(states, until: end, seed)
    }

    /// Segments are without gaps, and their sum is what has elapsed.
    private func checkSegments(_ clock: Clock, until end: Moment, _ seed: Int) {
        let ends = clock.segments.dropLast().map(\.endedAt)
        #expect(ends == clock.segments.dropFirst().map { Optional($0.startedAt) }, "seed \(seed)")
        #expect((clock.segments.last?.endedAt == nil) == !clock.isStopped, "seed \(seed)")
        let closed = clock.segments.reduce(0) { $0 + $1.microseconds }
        let open = clock.segments.last.map { last in
            last.endedAt == nil && last.isCounting
                ? clock.calendar.calendar.elapsed(from: last.startedAt, to: end) : 0
        }
        #expect(clock.elapsed(at: end) == closed + (open ?? 0), "seed \(seed)")
    }

    /// What is due is due at the last instant of the target, and each step at its part of it.
    private func checkDue(_ clock: Clock, at now: Moment, _ seed: Int) throws {
        guard clock.state == .running, clock.remaining(at: now) > 0 else { return }
        let due = try #require(clock.dueAt, "seed \(seed)")
        #expect(clock.remaining(at: due) == 0, "seed \(seed)")
        #expect(clock.remaining(at: due - .microseconds(1)) == 1, "seed \(seed)")
        for step in clock.deadlines where step.kind == .warning {
            #expect(clock.elapsed(at: step.at) == clock.budget * Int64(step.percent) / 100, "seed \(seed)")
            #expect(step.at > now && step.at < due, "seed \(seed)")
        }
    }

    /// Each step by which a running clock is carried up is due: at its part of the target, or at once if that is over.
    private func checkEscalations(_ clock: Clock, at now: Moment, _ seed: Int) {
        guard clock.state == .running else { return }
        let steps = clock.deadlines.filter { $0.kind != .warning && $0.kind != .breach }
        #expect(steps.map(\.percent) == clock.target.escalations.map(\.percent), "seed \(seed)")
        #expect(steps.map(\.kind) == clock.target.escalations.map { .escalation($0.level) }, "seed \(seed)")
        for step in steps {
            let part = clock.budget / 100 * Int64(step.percent) + clock.budget % 100 * Int64(step.percent) / 100
            if clock.elapsed(at: now) >= part {
                #expect(step.at <= now, "seed \(seed)")
            } else {
                #expect(step.at > now && clock.elapsed(at: step.at) == part, "seed \(seed)")
            }
        }
    }

    /// Each instant from the report to the end is one holder's: requester, team or supplier.
    private func checkAttribution(_ states: [(ticket: Ticket, effects: [Effect])], until end: Moment, _ seed: Int) {
        var ledger = Ledger()
        for (_, effects) in states { ledger.record(effects) }
        let attribution = Attribution(ledger.legs, until: end)
        #expect(attribution.total == Lifetime(states.map(\.ticket), until: end).microseconds, "seed \(seed)")
        #expect(Set(attribution.shares.map(\.holder)).count == attribution.shares.count, "seed \(seed)")
    }
}

/// How long a ticket was open in all its episodes, by its states alone.
private struct Lifetime {
    var microseconds: Int64 = 0

    init(_ states: [Ticket], until end: Moment) {
        let ends = states.dropFirst().map(\.updatedAt) + [end]
        for (ticket, next) in zip(states, ends) where ticket.state != .closed {
            microseconds += next.microseconds - ticket.updatedAt.microseconds
        }
    }
}
