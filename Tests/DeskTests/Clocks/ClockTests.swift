import Desk
import Moments
import Testing

@Suite("A clock")
struct ClockTests {
    private let sample: ClockSample
    // A Monday, opening time in Oslo.
    private let monday: Moment

    init() throws {
        sample = try ClockSample()
        monday = try CalendarSample.moment("2026-09-14T06:00:00Z")
    }

    private func hours(_ count: Double) -> Duration { .seconds(count * 3600) }
    private func setting(_ calendar: CalendarVersion, waiting: PauseReason? = nil) -> Clock.Setting {
        Clock.Setting(holder: .team(Sample.firstLine.place), calendar: calendar, waiting: waiting)
    }

    @Test("Due and warning are counted in opening hours from the start")
    func countsOpeningHours() {
        let clock = Clock(
            ClockKey(.resolution), ClockSample.resolution, episode: 1, at: monday, in: setting(sample.oslo))
        #expect(clock.dueAt == monday + hours(24 + 8))
        let warning = Deadline(kind: .warning, percent: 75, at: monday + hours(28))
        let breach = Deadline(kind: .breach, percent: 0, at: monday + hours(32))
        #expect(clock.deadlines == [warning, breach])
        #expect(clock.elapsed(at: monday + hours(20)) == 8 * 3_600_000_000)
    }

    @Test("A pause costs nothing of the target and moves what is due by the opening hours it took")
    func pauses() {
        var clock = Clock(
            ClockKey(.resolution), ClockSample.resolution, episode: 1, at: monday, in: setting(sample.oslo))
        clock.go(on: setting(sample.oslo, waiting: .requester), at: monday + hours(2))
        #expect(clock.state == .paused && clock.dueAt == nil && clock.deadlines.isEmpty)
        #expect(clock.remaining(at: monday + hours(5)) == 14 * 3_600_000_000)
        clock.go(on: setting(sample.oslo), at: monday + hours(24 + 2))
        #expect(clock.state == .running && clock.dueAt == monday + hours(48 + 8))
        #expect(clock.segments.map(\.pause) == [nil, .requester, nil])
    }

    @Test("What the target does not pause for is counted, and still told apart from the team's own time")
    func countsSuppliersTime() {
        var clock = Clock(
            ClockKey(.resolution), ClockSample.resolution, episode: 1, at: monday, in: setting(sample.oslo))
        let due = clock.dueAt
        clock.go(
            on: Clock.Setting(holder: .supplier(Sample.fjordnett), calendar: sample.oslo, waiting: .supplier),
            at: monday + hours(1))
        #expect(clock.state == .running && clock.dueAt == due)
        #expect(clock.segments.last?.holder == .supplier(Sample.fjordnett))
    }

    @Test("A move changes the calendar from that instant on and nothing before it")
    func moves() {
        var clock = Clock(
            ClockKey(.resolution), ClockSample.resolution, episode: 1, at: monday, in: setting(sample.oslo))
        clock.go(on: setting(sample.always), at: monday + hours(6))
        #expect(clock.dueAt == monday + hours(16))
        #expect(clock.segments.map(\.microseconds) == [6 * 3_600_000_000, 0])
    }

    @Test("A shorter target that is used up already is due at once, a longer one later; nothing is counted anew")
    func retargets() {
        var clock = Clock(
            ClockKey(.resolution), ClockSample.resolution, episode: 1, at: monday, in: setting(sample.oslo))
        clock.go(on: setting(sample.oslo), under: ClockSample.urgent, at: monday + hours(5))
        #expect(clock.dueAt == monday + hours(5) && clock.deadlines.map(\.kind) == [.breach])
        clock.go(on: setting(sample.oslo), under: ClockSample.resolution, at: monday + hours(6))
        #expect(clock.dueAt == monday + hours(24 + 8))
    }

    @Test("A shorter target that has passed a step of its escalation is carried up that far at once")
    func carriesUpAtOnce() {
        var clock = Clock(
            ClockKey(.resolution), ClockSample.resolution, episode: 1, at: monday, in: setting(sample.oslo))
        var urgent = ClockSample.urgent
        urgent.escalations = [
            EscalationStep(percent: 100, level: .lead), EscalationStep(percent: 125, level: .site),
            EscalationStep(percent: 150, level: .organisation),
        ]
        clock.go(on: setting(sample.oslo), under: urgent, at: monday + hours(5))
        let carried = clock.deadlines.filter { $0.kind != .warning && $0.kind != .breach }
        #expect(carried.map(\.kind) == [.escalation(.lead), .escalation(.site), .escalation(.organisation)])
        #expect(carried.map(\.percent) == [100, 125, 150])
        #expect(carried.map(\.at) == [5, 5, 6].map { monday + hours($0) })
    }

    @Test("The same part of two targets that tell different levels is two deadlines; of two that tell one, it is one")
    func carriesUpToOther() {
        var usual = ClockSample.resolution
        usual.escalations = [EscalationStep(percent: 100, level: .lead)]
        var clock = Clock(ClockKey(.resolution), usual, episode: 1, at: monday, in: setting(sample.oslo))
        func steps(of clock: Clock) -> [Deadline] {
            clock.deadlines.filter { $0.kind != .warning && $0.kind != .breach }
        }
        let first = steps(of: clock)
        var urgent = ClockSample.urgent
        urgent.escalations = [EscalationStep(percent: 100, level: .site)]
        clock.go(on: setting(sample.oslo), under: urgent, at: monday + hours(5))
        #expect(steps(of: clock) == [Deadline(kind: .escalation(.site), percent: 100, at: monday + hours(5))])
        clock.go(on: setting(sample.oslo), under: usual, at: monday + hours(6))
        #expect(steps(of: clock) == first)
    }

    @Test("A target that is used up by a change while the clock pauses is missed at once, and carried up as far")
    func missedWhilePaused() {
        var target = ClockSample.resolution
        target.pauses = [.requester]
        var clock = Clock(ClockKey(.resolution), target, episode: 1, at: monday, in: setting(sample.oslo))
        var waiting = setting(sample.oslo)
        waiting.waiting = .requester
        clock.go(on: waiting, at: monday + hours(5))
        #expect(clock.state == .paused && clock.deadlines.isEmpty)
        var urgent = ClockSample.urgent
        urgent.pauses = [.requester]
        urgent.escalations = [
            EscalationStep(percent: 100, level: .lead), EscalationStep(percent: 200, level: .site),
        ]
        clock.go(on: waiting, under: urgent, at: monday + hours(6))
        #expect(clock.state == .paused && clock.dueAt == monday + hours(6))
        #expect(clock.deadlines.map(\.kind) == [.breach, .escalation(.lead)])
        #expect(clock.deadlines.map(\.at) == [monday + hours(6), monday + hours(6)])
    }

    @Test("It is met up to the last instant of its target and missed after it")
    func metOrMissed() {
        var clock = Clock(ClockKey(.resolution), ClockSample.urgent, episode: 1, at: monday, in: setting(sample.oslo))
        var late = clock
        clock.stop(at: monday + hours(4))
        late.stop(at: monday + hours(4) + .microseconds(1))
        #expect(clock.state == .met && late.state == .missed)
        #expect(late.dueAt == monday + hours(4))
    }

    @Test("Time between a resolution and a reopening is not counted")
    func reopens() {
        var clock = Clock(
            ClockKey(.resolution), ClockSample.resolution, episode: 1, at: monday, in: setting(sample.oslo))
        clock.stop(at: monday + hours(3))
        clock.go(on: setting(sample.oslo), at: monday + hours(7))
        #expect(clock.elapsed(at: monday + hours(8)) == 4 * 3_600_000_000)
        #expect(clock.segments.map(\.pause) == [nil, .resolved, nil])
    }

    @Test("A clock whose calendar never opens runs without being due")
    func neverDue() throws {
        let closed = CalendarVersion(id: CalendarVersionID(9), calendar: try CalendarSample.calendar("UTC", "{}"))
        let clock = Clock(ClockKey(.resolution), ClockSample.resolution, episode: 1, at: monday, in: setting(closed))
        #expect(clock.state == .running && clock.dueAt == nil && clock.deadlines.isEmpty)
    }

    @Test("Each step of the warnings has its instant; those that are used up have none any more")
    func warnsInSteps() {
        var target = ClockSample.resolution
        target.warningPercents = [50, 75, 90]
        var clock = Clock(ClockKey(.resolution), target, episode: 1, at: monday, in: setting(sample.oslo))
        let expected: [Double] = [8, 28, 30.4, 32]
        #expect(clock.deadlines.map(\.at) == expected.map { monday + hours($0) })
        clock.go(on: setting(sample.always), at: monday + hours(24 + 5))
        #expect(clock.deadlines.map(\.percent) == [90, 0])
        #expect(clock.deadlines.last?.at == monday + hours(24 + 8))
    }

    @Test("Where nothing is different, going on leaves the clock as it is")
    func goesOnUntouched() {
        let clock = Clock(
            ClockKey(.resolution), ClockSample.resolution, episode: 1, at: monday, in: setting(sample.oslo))
        var same = clock
        same.go(on: setting(sample.oslo), under: ClockSample.resolution, at: monday + hours(1))
        same.go(on: setting(sample.oslo, waiting: .supplier), at: monday + hours(2))
        #expect(same == clock)
    }

    @Test("A promised instant is due at that instant, whatever calendar and pause; to the instant it is met")
    func promises() {
        let target = Target(measure: .callback, seconds: 7200, calendar: .always, pauses: [])
        var clock = Clock(
            ClockKey(.callback), target, promised: monday + hours(2), episode: 1, at: monday, in: setting(sample.always)
        )
        clock.go(on: setting(sample.always, waiting: .requester), promised: monday + hours(2), at: monday + hours(1))
        #expect(clock.state == .running && clock.dueAt == monday + hours(2))
        let first = clock.deadlines.filter { $0.kind == .warning || $0.kind == .breach }
        #expect(first.map(\.at) == [monday + hours(1.5), monday + hours(2)])
        #expect(clock.deadlines.map(\.percent) == [75, 0, 100, 200, 400])
        var late = clock
        clock.stop(at: monday + hours(2))
        late.stop(at: monday + hours(2) + .microseconds(1))
        #expect(clock.state == .met && late.state == .missed)
    }

    @Test("What was cancelled and is promised again goes on; the time in between is not counted")
    func promisedAgain() {
        var clock = Clock(
            ClockKey(.resolution), ClockSample.resolution, episode: 1, at: monday, in: setting(sample.oslo))
        clock.cancel(at: monday + hours(1))
        clock.go(on: setting(sample.oslo), under: ClockSample.resolution, at: monday + hours(3))
        #expect(clock.segments.map(\.pause) == [nil, .noTarget, nil])
        #expect(clock.elapsed(at: monday + hours(4)) == 2 * 3_600_000_000)
    }
}
