import Desk
import Moments
import Testing

@Suite("The clocks of a ticket")
struct ClocksTests {
    private let sample: ClockSample

    init() throws { sample = try ClockSample() }

    @Test("Response and resolution start with the report and end with the first words and the resolution")
    func journey() throws {
        var (ticket, effects) = Ticket.open(Sample.opening(), id: TicketID(1), at: Sample.start, by: .program)
        var clocks = Clocks()
        clocks.perform(effects, on: ticket, under: sample.terms(for: ticket))
        #expect(clocks.clocks.map(\.measure) == [.firstResponse, .resolution])
        for event in [.messageSent(EntryID(2)), .requesterAsked(EntryID(3)), .resolved(.solved, note: nil)]
            as [Ticket.Event]
        {
            effects = try ticket.apply(event, at: ticket.updatedAt + .seconds(60), by: .person(Sample.kari))
            clocks.perform(effects, on: ticket, under: sample.terms(for: ticket))
        }
        #expect(clocks.clocks.map(\.state) == [.met, .met])
        #expect(clocks.clocks[0].stoppedAt == ticket.times.firstResponse)
        #expect(clocks.clocks[1].segments.map(\.pause) == [nil, .requester])
    }

    @Test("A request made by phone was answered in no time")
    func spokenRequest() throws {
        let (ticket, effects) = Ticket.open(
            Sample.opening(channel: .phone), id: TicketID(1), at: Sample.start, by: .person(Sample.kari))
        var clocks = Clocks()
        clocks.perform(effects, on: ticket, under: sample.terms(for: ticket))
        #expect(clocks.clocks.map(\.state) == [.met, .running])
        #expect(clocks.clocks[0].elapsed(at: Sample.start + .seconds(9_999_999)) == 0)
    }

    @Test("A target that no longer holds cancels its clock; one that holds from now on starts one")
    func targetsComeAndGo() throws {
        var (ticket, effects) = Ticket.open(Sample.opening(), id: TicketID(1), at: Sample.start, by: .program)
        var clocks = Clocks()
        clocks.perform(effects, on: ticket, under: sample.terms(for: ticket, targets: [ClockSample.response]))
        var changes = Changes()
        changes.priority = .critical
        effects = try ticket.apply(.changed(changes), at: ticket.updatedAt + .seconds(60), by: .program)
        clocks.perform(effects, on: ticket, under: sample.terms(for: ticket, targets: [ClockSample.urgent]))
        #expect(clocks.clocks.map(\.state) == [.cancelled, .running])
        #expect(clocks.clocks[1].target == ClockSample.urgent)
    }

    @Test("Step by step, the clocks of any life count what a plain replay counts", arguments: 0..<2_000)
    func agreesWithReplay(number: Int) throws {
        let history = RandomHistory(seed: Seed(number), length: 50)
        let states = try Ticket.replay(history.log, id: history.ticket.id)
        var clocks = Clocks()
        for (ticket, effects) in states {
            clocks.perform(effects, on: ticket, under: sample.terms(for: ticket))
            for clock in clocks.clocks where clock.segments.last?.startedAt == ticket.updatedAt {
                try check(clock, at: ticket.updatedAt, number)
            }
        }
        let end = history.ticket.updatedAt + .seconds(100_000)
        for clock in clocks.clocks {
            let plain = PlainClock(states.map(\.ticket), clock.measure, clock.episode, sample).elapsed(until: end)
            #expect(clock.elapsed(at: end) == plain, "seed \(number), \(clock.measure), episode \(clock.episode)")
        }
    }

    private func check(_ clock: Clock, at now: Moment, _ number: Int) throws {
        let ends = clock.segments.dropLast().map(\.endedAt)
        #expect(ends == clock.segments.dropFirst().map { Optional($0.startedAt) }, "seed \(number)")
        #expect((clock.segments.last?.endedAt == nil) == !clock.isStopped || clock.segments.isEmpty, "seed \(number)")
        guard clock.state == .running, clock.remaining(at: now) > 0 else { return }
        let due = try #require(clock.dueAt, "seed \(number)")
        #expect(clock.remaining(at: due) == 0, "seed \(number)")
        #expect(clock.remaining(at: due - .microseconds(1)) == 1, "seed \(number)")
    }
}

/// The same promise without clocks: the stretches between events, each asked of the calendar that held then.
private struct PlainClock {
    private var stretches: [(from: Moment, calendar: CalendarVersion?)] = []

    init(_ states: [Ticket], _ measure: Measure, _ episode: Int, _ sample: ClockSample) {
        for ticket in states where ticket.episode == episode {
            let terms = sample.terms(for: ticket)
            let pauses = terms.targets[measure]?.pauses ?? []
            let isOver = measure == .firstResponse && ticket.times.firstResponse != nil
            let counts: Bool =
                switch ticket.state {
                case .new, .assigned, .inProgress: true
                case .waitingRequester: !pauses.contains(.requester)
                case .waitingSupplier: !pauses.contains(.supplier)
                case .waitingOther: !pauses.contains(.other)
                case .resolved, .closed: false
                }
            stretches.append((ticket.updatedAt, counts && !isOver ? terms.holderCalendar : nil))
        }
    }

    func elapsed(until end: Moment) -> Int64 {
        let ends = stretches.dropFirst().map(\.from) + [end]
        return zip(stretches, ends).reduce(0) { sum, stretch in
            sum + (stretch.0.calendar?.calendar.elapsed(from: stretch.0.from, to: stretch.1) ?? 0)
        }
    }
}
