import Desk
import Moments
import SeedTestSupport
import Testing

@Suite("The clocks of a ticket")
struct ClocksTests {
    private let sample: ClockSample

    init() throws { sample = try ClockSample() }

    @Test("Response and resolution start with the report and end with the first words and the resolution")
    func journey() throws {
        var (ticket, _) = Ticket.open(Sample.opening(), id: TicketID(1), at: Sample.start, by: .program)
        var clocks = Clocks()
        clocks.settle(for: ticket, under: sample.terms(for: ticket))
        #expect(clocks.clocks.map(\.measure) == [.firstResponse, .resolution])
        for event in [.messageSent(EntryID(2)), .requesterAsked(EntryID(3)), .resolved(.solved, note: nil)]
            as [Ticket.Event]
        {
            _ = try ticket.apply(event, at: ticket.updatedAt + .seconds(60), by: .person(Sample.kari))
            clocks.settle(for: ticket, under: sample.terms(for: ticket))
        }
        #expect(clocks.clocks.map(\.state) == [.met, .met])
        #expect(clocks.clocks[0].stoppedAt == ticket.times.firstResponse)
        #expect(clocks.clocks[1].segments.map(\.pause) == [nil, .requester])
    }

    @Test("A request made by phone was answered in no time")
    func spokenRequest() throws {
        let (ticket, _) = Ticket.open(
            Sample.opening(channel: .phone), id: TicketID(1), at: Sample.start, by: .person(Sample.kari))
        var clocks = Clocks()
        clocks.settle(for: ticket, under: sample.terms(for: ticket))
        #expect(clocks.clocks.map(\.state) == [.met, .running])
        #expect(clocks.clocks[0].elapsed(at: Sample.start + .seconds(9_999_999)) == 0)
    }

    @Test("A target that no longer holds cancels its clock; one that holds from now on starts one")
    func targetsComeAndGo() throws {
        var (ticket, _) = Ticket.open(Sample.opening(), id: TicketID(1), at: Sample.start, by: .program)
        var clocks = Clocks()
        clocks.settle(for: ticket, under: sample.terms(for: ticket, targets: [ClockSample.response]))
        var changes = Changes()
        changes.priority = .critical
        _ = try ticket.apply(.changed(changes), at: ticket.updatedAt + .seconds(60), by: .program)
        clocks.settle(for: ticket, under: sample.terms(for: ticket, targets: [ClockSample.urgent]))
        #expect(clocks.clocks.map(\.state) == [.cancelled, .running])
        #expect(clocks.clocks[1].target.seconds == ClockSample.urgent.seconds)
    }

    @Test("Every public message of the desk begins the wait for news anew; a question stops it")
    func update() throws {
        let life = try Life(
            .messageSent(EntryID(2)), .messageSent(EntryID(3)), .requesterAsked(EntryID(4)),
            .requesterReplied(EntryID(5)), under: sample, for: .update)
        #expect(life.clocks.map(\.state) == [.met, .met, .met, .running])
        #expect(life.clocks[3].segments.map(\.pause) == [.requester, nil])
        #expect(life.clocks.map(\.key.round) == [0, 1, 2, 3].map { Sample.start + .seconds($0 * 3600) })
    }

    @Test("The time box runs while the first line works on the ticket and is over when it passes it on")
    func timeBox() throws {
        let life = try Life(
            .routed(Sample.firstLine, rule: "all"), .taken(Sample.kari),
            .handedOver(Sample.secondLine, reason: "network", note: EntryID(2)), under: sample, for: .timeBox)
        #expect(life.clocks.map(\.startedAt) == [Sample.start + .seconds(7200)])
        #expect(life.clocks.map(\.stoppedAt) == [Sample.start + .seconds(10_800)])
        #expect(life.clocks.map(\.state) == [.met])
    }

    @Test("A hand-over begins another team's clock; the same team's second turn is another round")
    func teams() throws {
        let life = try Life(
            .routed(Sample.secondLine, rule: "all"), .handedOver(Sample.firstLine, reason: "-", note: EntryID(2)),
            .handedOver(Sample.secondLine, reason: "-", note: EntryID(3)), under: sample, for: .team)
        // Only the second line has an agreement.
        #expect(life.clocks.map(\.key.subject) == [.team(TeamID(22)), .team(TeamID(22))])
        #expect(life.clocks.map(\.state) == [.met, .running])
    }

    @Test("A supplier's clocks run from the referral, stand while it waits for us, and end with its words")
    func suppliers() throws {
        let events: [Ticket.Event] = [
            .routed(Sample.firstLine, rule: "all"), .referred(Sample.fjordnett, note: nil),
            .supplierAcknowledged(Sample.fjordnett, reference: "F-1"),
            .supplierAsked(Sample.fjordnett, note: EntryID(2)), .supplierAnswered(Sample.fjordnett, note: EntryID(3)),
            .supplierResolved(Sample.fjordnett, note: nil),
        ]
        let acknowledgement = try Life(events, under: sample, for: .supplierAcknowledgement)
        #expect(acknowledgement.clocks.map(\.state) == [.met])
        let resolution = try Life(events, under: sample, for: .supplierResolution)
        #expect(resolution.clocks.map(\.state) == [.met])
        #expect(resolution.clocks[0].segments.map(\.pause) == [nil, .desk, nil])
        #expect(resolution.clocks[0].segments[0].holder == .supplier(Sample.fjordnett))
        let recalled = try Life(
            .referred(Sample.fjordnett, note: nil), .recalled(Sample.fjordnett, note: nil), under: sample,
            for: .supplierAcknowledgement)
        #expect(recalled.clocks.map(\.state) == [.cancelled])
    }
}

extension ClocksTests {
    /// What ends a clock within its time, and how it stands then.
    struct Ending: Sendable, CustomTestStringConvertible {
        let measure: Measure
        let events: [Ticket.Event]
        let states: [Clock.State]
        var testDescription: String { "\(measure) after \(events.map(\.kind.rawValue))" }

        init(_ measure: Measure, _ events: Ticket.Event..., are states: Clock.State...) {
            (self.measure, self.events, self.states) = (measure, events, states)
        }
    }

    private static let due = Sample.start + .seconds(86_400)
    private static let asked = Ticket.Event.inquired(.supplier(Sample.printwerk), question: EntryID(2))

    @Test(
        "What was kept is met; what nobody asks for any more is cancelled",
        arguments: [
            Ending(
                .supplierResolution, .referred(Sample.fjordnett, note: nil),
                .supplierReturned(Sample.fjordnett, note: nil), are: .cancelled),
            Ending(
                .supplierResolution, .referred(Sample.fjordnett, note: nil), .recalled(Sample.fjordnett, note: nil),
                are: .cancelled),
            Ending(
                .supplierResolution, .referred(Sample.fjordnett, note: nil), .resolved(.solved, note: nil),
                are: .cancelled),
            Ending(
                .supplierResolution, .referred(Sample.fjordnett, note: nil),
                .supplierResolved(Sample.fjordnett, note: nil), are: .met),
            Ending(.callback, .callbackPromised(due: due), .callbackMade(note: nil), are: .met),
            Ending(
                .callback, .callbackPromised(due: due), .callbackPromised(due: due + .seconds(60)),
                are: .cancelled, .running),
            Ending(.callback, .callbackPromised(due: due), .resolved(.solved, note: nil), are: .cancelled),
            Ending(.callback, .callbackPromised(due: due), .merged(into: TicketID(2)), are: .cancelled),
            Ending(.question, asked, .inquiryAnswered(question: EntryID(2), answer: EntryID(3)), are: .met),
            Ending(.question, asked, .inquiryWithdrawn(question: EntryID(2)), are: .cancelled),
            Ending(.question, asked, .referred(Sample.printwerk, note: nil), are: .cancelled),
            Ending(.question, asked, .resolved(.solved, note: nil), are: .cancelled),
            Ending(.firstResponse, .merged(into: TicketID(2)), are: .cancelled),
            Ending(.firstResponse, .messageSent(EntryID(2)), .merged(into: TicketID(2)), are: .met),
            Ending(.resolution, .merged(into: TicketID(2)), are: .cancelled),
            Ending(.resolution, .resolved(.solved, note: nil), are: .met),
            Ending(.resolution, .resolved(.solved, note: nil), .merged(into: TicketID(2)), are: .met),
            Ending(.update, .merged(into: TicketID(2)), are: .cancelled),
            Ending(
                .team, .routed(Sample.secondLine, rule: "all"), .merged(into: TicketID(2)), are: .cancelled),
        ])
    func endings(ending: Ending) throws {
        let life = try Life(ending.events, under: sample, for: ending.measure, apart: .seconds(600))
        #expect(life.clocks.map(\.state) == ending.states)
    }

    @Test("What was late is missed, however it ends")
    func late() throws {
        let events: [Ticket.Event] = [
            .callbackPromised(due: Sample.start + .seconds(1200)), .noteAdded(EntryID(2)),
            .resolved(.solved, note: nil),
        ]
        let life = try Life(events, under: sample, for: .callback, apart: .seconds(600) + .microseconds(1))
        #expect(life.clocks.map(\.state) == [.missed])
    }
}

/// The clocks of one measure after events with an hour in between.
private struct Life {
    let clocks: [Clock]

    init(_ events: Ticket.Event..., under sample: ClockSample, for measure: Measure) throws {
        try self.init(events, under: sample, for: measure)
    }

    init(
        _ events: [Ticket.Event], under sample: ClockSample, for measure: Measure,
        apart pause: Duration = .seconds(3600)
    ) throws {
        var ticket = Ticket.open(Sample.opening(), id: TicketID(1), at: Sample.start, by: .program).ticket
        var clocks = Clocks()
        clocks.settle(for: ticket, under: sample.terms(for: ticket, targets: ClockSample.everything))
        for event in events {
            let effects = try ticket.apply(event, at: ticket.updatedAt + pause, by: .person(Sample.kari))
            let terms = sample.terms(for: ticket, targets: ClockSample.everything)
            clocks.settle(for: ticket, after: effects, under: terms)
        }
        self.clocks = clocks.clocks.filter { $0.measure == measure }
    }
}
