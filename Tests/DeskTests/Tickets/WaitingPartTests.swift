import Desk
import Moments
import Testing

@Suite("Parts that wait with their whole")
struct WaitingPartTests {
    private static let whole = TicketID(7)

    private func part() throws -> Ticket {
        try Sample.ticket(
            after: .routed(Sample.firstLine, rule: "all"), .taken(Sample.kari), .becameChild(of: Self.whole))
    }

    private func waiting() throws -> Ticket {
        var ticket = try part()
        try ticket.go(through: .waitsForParent)
        return ticket
    }

    @Test("A part waits with nobody's moment to end it, in the hands of whoever has it; an earlier moment is forgotten")
    func waits() throws {
        var ticket = try part()
        let until = ticket.updatedAt + .seconds(864_000)
        try ticket.go(through: .putOnHold(until: until, note: nil))
        let effects = try ticket.apply(
            .waitsForParent, at: ticket.updatedAt + .seconds(60), by: .person(Sample.kari))
        #expect(effects == [.settleClocks])
        #expect(ticket.state == .waitingOther && ticket.ties.waitsForParent && ticket.undertakings.resumesAt == nil)
        #expect(ticket.holder == .team(Sample.firstLine.place) && ticket.responsibility.person == Sample.kari)
    }

    @Test("Only a part waits, once, and not while a supplier has it or when it has ended")
    func refused() throws {
        var alone = try Sample.ticket(after: .routed(Sample.firstLine, rule: "all"))
        #expect(throws: Refusal(reason: .isNoPart, state: .assigned, event: .waitsForParent)) {
            try alone.go(through: .waitsForParent)
        }
        for (event, reason) in [
            (.waitsForParent, .changesNothing), (.referred(Sample.fjordnett, note: nil), .isWithSupplier),
            (.resolved(.solved, note: nil), .isResolved), (.closed, .isClosed),
        ] as [(Ticket.Event, Refusal.Reason)] {
            var ticket = try part()
            if event == .closed { try ticket.go(through: .resolved(.solved, note: nil)) }
            try ticket.go(through: event)
            #expect(throws: Refusal(reason: reason, state: ticket.state, event: .waitsForParent)) {
                try ticket.go(through: .waitsForParent)
            }
        }
    }

    @Test(
        "Whoever goes on with it ends the wait, and so does its own end",
        arguments: [
            .resumed, .handedOver(Sample.secondLine, reason: "-", note: EntryID(2)), .requesterAsked(EntryID(2)),
            .routed(Sample.secondLine, rule: "all", why: RoutingReasons(isAgain: true)),
            .referred(Sample.fjordnett, note: nil), .putOnHold(until: nil, note: nil), .leftParent,
            .becameChild(of: TicketID(8)), .resolved(.solved, note: nil), .merged(into: TicketID(8)),
        ] as [Ticket.Event])
    func ends(event: Ticket.Event) throws {
        var ticket = try waiting()
        let effects = try ticket.apply(event, at: ticket.updatedAt + .seconds(60), by: .person(Sample.kari))
        #expect(!ticket.ties.waitsForParent && effects.contains(.settleClocks))
    }

    @Test(
        "What does not take it on lets it wait: also where others answer for it from here on",
        arguments: [
            .taken(Sample.jan), .assigned(Sample.secondLine), .noteAdded(EntryID(2)), .messageSent(EntryID(2)),
            .requesterReplied(EntryID(2)), .escalated(.site, .requesterComplained), .ownerChanged(PositionID(9)),
            .callbackPromised(due: Sample.start + .seconds(864_000)),
        ] as [Ticket.Event])
    func goesOn(event: Ticket.Event) throws {
        var ticket = try waiting()
        try ticket.go(through: event)
        #expect(ticket.state == .waitingOther && ticket.ties.waitsForParent && ticket.ties.parent == Self.whole)
    }

    @Test(
        "Taken out of its whole, or made a part of another one, it is at work again, and whoever has it hears of that",
        arguments: [.leftParent, .becameChild(of: TicketID(8))] as [Ticket.Event])
    func released(event: Ticket.Event) throws {
        var ticket = try waiting()
        let effects = try ticket.apply(event, at: ticket.updatedAt + .seconds(60), by: .person(Sample.jan))
        #expect(ticket.state == .inProgress)
        #expect(effects.contains(.tell(.person(Sample.kari), .resumed, entry: nil)))
    }

    @Test("A reopened part waits no more, though it is a part still and may wait again")
    func reopened() throws {
        var ticket = try waiting()
        try ticket.go(through: .resolved(.solved, note: nil), .reopened(.notSolved, note: nil))
        #expect(ticket.state == .inProgress && ticket.ties.parent == Self.whole && !ticket.ties.waitsForParent)
        try ticket.go(through: .waitsForParent)
        #expect(ticket.ties.waitsForParent)
    }

    @Test("When a major incident is none any more, nobody waits with it")
    func standDown() throws {
        var whole = try Sample.ticket(after: .routed(Sample.firstLine, rule: "all"), .declaredMajor)
        let effects = try whole.apply(.stoodDown, at: whole.updatedAt + .seconds(60), by: .person(Sample.kari))
        #expect(effects.contains(.resumeChildren))
    }
}

@Suite("The clocks of a part that waits with its whole")
struct WaitingPartClocksTests {
    private let sample: ClockSample
    private let targets = [
        ClockSample.response, Target(measure: .resolution, seconds: 16 * 3600, calendar: .always, pauses: []),
        Target(measure: .update, seconds: 5 * 3600, calendar: .always, pauses: []),
        Target(measure: .team, seconds: 6 * 3600, calendar: .always, pauses: []),
    ]

    init() throws { sample = try ClockSample() }

    /// A ticket after events with an hour in between, and its clocks.
    private func life(_ events: [Ticket.Event]) throws -> (ticket: Ticket, clocks: Clocks) {
        var ticket = Ticket.open(Sample.opening(), id: TicketID(1), at: Sample.start, by: .program).ticket
        var clocks = Clocks()
        clocks.settle(for: ticket, under: sample.terms(for: ticket, targets: targets))
        for event in events {
            let effects = try ticket.apply(event, at: ticket.updatedAt + .seconds(3600), by: .person(Sample.kari))
            clocks.settle(for: ticket, after: effects, under: sample.terms(for: ticket, targets: targets))
        }
        return (ticket, clocks)
    }

    private static let joining: [Ticket.Event] = [
        .routed(Sample.firstLine, rule: "all"), .becameChild(of: TicketID(7)), .waitsForParent,
    ]

    @Test("Every clock stands, also one whose target knows no pause, and nothing is due, however long it waits")
    func stand() throws {
        let (ticket, clocks) = try life(Self.joining)
        #expect(clocks.clocks.map(\.measure) == [.firstResponse, .resolution, .update, .team])
        for clock in clocks.clocks {
            #expect(clock.state == .paused && clock.dueAt == nil && clock.deadlines.isEmpty)
            #expect(clock.segments.last?.pause == .parent)
            #expect(clock.elapsed(at: ticket.updatedAt + .seconds(9_999_999)) == clock.elapsed(at: ticket.updatedAt))
        }
    }

    @Test("Afterwards it is due later by as long as it waited, and the segments say why")
    func resume() throws {
        let (ticket, clocks) = try life(Self.joining + [.noteAdded(EntryID(2)), .resumed])
        let clock = try #require(clocks.clocks.first { $0.measure == .resolution })
        #expect(clock.segments.map(\.pause) == [nil, .parent, nil])
        #expect(clock.dueAt == Sample.start + .seconds(18 * 3600))
        #expect(clock.elapsed(at: ticket.updatedAt) == 3 * 3600 * 1_000_000)
        #expect(clock.remaining(at: ticket.updatedAt) == 13 * 3600 * 1_000_000)
    }

    @Test("A promise to call stands by its instant, and what was late before the wait stays late")
    func promises() throws {
        let due = Sample.start + .seconds(86_400)
        let called = try life([.callbackPromised(due: due)] + Self.joining)
        let call = try #require(called.clocks.clocks.first { $0.measure == .callback })
        #expect(call.state == .running && call.dueAt == due)
        let busy: [Ticket.Event] = [.noteAdded(EntryID(2)), .noteAdded(EntryID(3)), .noteAdded(EntryID(4))]
        let late = try life(busy + Self.joining)
        let news = try #require(late.clocks.clocks.first { $0.measure == .update })
        #expect(news.dueAt == Sample.start + .seconds(5 * 3600) && news.remaining(at: late.ticket.updatedAt) < 0)
    }

    @Test("Put on hold for something else meanwhile, it follows its targets again")
    func otherHold() throws {
        let (_, clocks) = try life(Self.joining + [.putOnHold(until: nil, note: nil)])
        let clock = try #require(clocks.clocks.first { $0.measure == .resolution })
        #expect(clock.state == .running && clock.segments.map(\.pause) == [nil, .parent, nil])
    }
}
