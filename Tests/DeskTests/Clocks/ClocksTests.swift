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

/// The clocks of one measure after events with an hour in between.
private struct Life {
    let clocks: [Clock]

    init(_ events: Ticket.Event..., under sample: ClockSample, for measure: Measure) throws {
        try self.init(events, under: sample, for: measure)
    }

    init(_ events: [Ticket.Event], under sample: ClockSample, for measure: Measure) throws {
        var ticket = Ticket.open(Sample.opening(), id: TicketID(1), at: Sample.start, by: .program).ticket
        var clocks = Clocks()
        clocks.settle(for: ticket, under: sample.terms(for: ticket, targets: ClockSample.everything))
        for event in events {
            _ = try ticket.apply(event, at: ticket.updatedAt + .seconds(3600), by: .person(Sample.kari))
            clocks.settle(for: ticket, under: sample.terms(for: ticket, targets: ClockSample.everything))
        }
        self.clocks = clocks.clocks.filter { $0.measure == measure }
    }
}
