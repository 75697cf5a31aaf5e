import Desk
import Moments
import Testing

@Suite("Tickets that wait for something else")
struct HoldTests {
    private func atWork() throws -> Ticket {
        try Sample.ticket(after: .routed(Sample.firstLine, rule: "all"), .taken(Sample.kari))
    }

    @Test("A ticket on hold until a moment says so, and whoever works on it hears when it goes on")
    func until() throws {
        var ticket = try atWork()
        let until = ticket.updatedAt + .seconds(86_400)
        let effects = try ticket.apply(
            .putOnHold(until: until, note: nil), at: ticket.updatedAt + .seconds(60), by: .person(Sample.kari))
        #expect(effects.contains(.resume(at: until)) && effects.contains(.settleClocks))
        #expect(ticket.state == .waitingOther && ticket.undertakings.resumesAt == until)
        let resumed = try ticket.apply(.resumed, at: until, by: .program)
        #expect(resumed.contains(.tell(.person(Sample.kari), .resumed, entry: nil)))
        #expect(ticket.state == .inProgress && ticket.undertakings.resumesAt == nil)
    }

    @Test("Without a moment it waits until somebody goes on; nothing waits until a moment that is over")
    func open() throws {
        var ticket = try atWork()
        #expect(throws: Refusal(reason: .isInThePast, state: .inProgress, event: .putOnHold)) {
            try ticket.apply(
                .putOnHold(until: ticket.updatedAt, note: nil), at: ticket.updatedAt, by: .person(Sample.kari))
        }
        let effects = try ticket.apply(
            .putOnHold(until: nil, note: nil), at: ticket.updatedAt + .seconds(60), by: .person(Sample.kari))
        #expect(!effects.contains { if case .resume = $0 { true } else { false } })
        try ticket.go(through: .resumed)
        #expect(ticket.state == .inProgress)
        #expect(throws: Refusal(reason: .isNotWaiting, state: .inProgress, event: .resumed)) {
            try ticket.go(through: .resumed)
        }
    }

    @Test(
        "Whatever ends the wait ends its moment too",
        arguments: [
            .resumed, .handedOver(Sample.secondLine, reason: "-", note: EntryID(2)), .requesterAsked(EntryID(2)),
            .referred(Sample.fjordnett, note: nil), .resolved(.solved, note: nil),
        ] as [Ticket.Event])
    func ends(event: Ticket.Event) throws {
        var ticket = try atWork()
        let until = ticket.updatedAt + .seconds(864_000)
        try ticket.go(through: .putOnHold(until: until, note: nil), .noteAdded(EntryID(1)))
        #expect(ticket.undertakings.resumesAt == until)
        try ticket.go(through: event)
        #expect(ticket.undertakings.resumesAt == nil)
    }

    @Test(
        "Whoever takes a ticket that waits is there when the wait is over; he does not end it",
        arguments: [.requesterAsked(EntryID(2)), .putOnHold(until: nil, note: nil)] as [Ticket.Event])
    func taken(wait: Ticket.Event) throws {
        var ticket = try atWork()
        try ticket.go(through: wait)
        let state = ticket.state
        let effects = try ticket.apply(
            .taken(Sample.jan), at: ticket.updatedAt + .seconds(60), by: .person(Sample.jan))
        #expect(ticket.state == state && ticket.responsibility.person == Sample.jan && effects.isEmpty)
        #expect(throws: Refusal(reason: .changesNothing, state: state, event: .taken)) {
            try ticket.go(through: .taken(Sample.jan))
        }
        try ticket.go(through: .resumed)
        #expect(ticket.state == .inProgress && ticket.responsibility.person == Sample.jan)
    }
}
