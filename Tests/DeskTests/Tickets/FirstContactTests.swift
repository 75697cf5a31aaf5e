import Desk
import Moments
import Testing

@Suite("Solved at first contact")
struct FirstContactTests {
    @Test(
        "Whoever has it first may solve it so, also after a question to the requester or another team",
        arguments: [
            [.routed(Sample.secondLine, rule: "all")], [.taken(Sample.kari), .requesterAsked(EntryID(2))],
            [.inquired(.supplier(Sample.fjordnett), question: EntryID(2))],
            [.routed(Sample.firstLine, rule: "all"), .offered(Sample.secondLine, note: nil)],
        ] as [[Ticket.Event]])
    func first(events: [Ticket.Event]) throws {
        var ticket = try Sample.ticket()
        for event in events { try ticket.go(through: event) }
        try ticket.go(through: .resolved(.solvedFirstContact, note: nil))
        #expect(ticket.outcome == .solvedFirstContact)
    }

    @Test(
        "Nobody does once another team or a supplier has had it, or it came back",
        arguments: [
            [.routed(Sample.firstLine, rule: "all"), .assigned(Sample.secondLine)],
            [
                .routed(Sample.firstLine, rule: "all"), .handedOver(Sample.secondLine, reason: "-", note: EntryID(2)),
                .foundInsufficient(Sample.firstLine, note: EntryID(3)),
            ],
            [
                .routed(Sample.firstLine, rule: "all"), .offered(Sample.secondLine, note: nil),
                .offerAccepted(Sample.secondLine),
            ],
            [.referred(Sample.fjordnett, note: nil), .recalled(Sample.fjordnett, note: nil)],
            [.resolved(.solved, note: nil), .reopened(.notSolved, note: nil)],
            [.resolved(.solved, note: nil), .closed, .reopened(.notSolved, note: nil)],
        ] as [[Ticket.Event]])
    func passedOn(events: [Ticket.Event]) throws {
        var ticket = try Sample.ticket()
        for event in events { try ticket.go(through: event) }
        #expect(throws: Refusal(reason: .wasPassedOn, state: ticket.state, event: .resolved)) {
            try ticket.go(through: .resolved(.solvedFirstContact, note: nil))
        }
        try ticket.go(through: .resolved(.solved, note: nil))
    }
}
