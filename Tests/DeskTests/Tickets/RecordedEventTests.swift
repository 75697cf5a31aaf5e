import Desk
import Moments
import Testing

@Suite("Replaying a log")
struct RecordedEventTests {
    private func recorded(_ event: Ticket.Event, hour: Int) -> RecordedEvent {
        RecordedEvent(at: Sample.start + .seconds(3600 * hour), actor: .person(Sample.kari), event: event)
    }

    @Test("A log begins with the opening")
    func beginsWithOpening() {
        #expect(throws: Ticket.ReplayFault.beginsOtherwise) {
            try Ticket.replay([recorded(.taken(Sample.kari), hour: 0)], id: TicketID(1))
        }
        #expect(throws: Ticket.ReplayFault.beginsOtherwise) { try Ticket.replay([], id: TicketID(1)) }
    }

    @Test("An event that could not have happened is found, with its revision")
    func findsImpossibleEvents() {
        let log = [recorded(.opened(Sample.opening()), hour: 0), recorded(.taken(Sample.kari), hour: 1)]
        let refusal = Refusal(reason: .isNotResolved, state: .inProgress, event: .closed)
        #expect(throws: Ticket.ReplayFault.refused(revision: 3, refusal)) {
            try Ticket.replay(log + [recorded(.closed, hour: 2)], id: TicketID(1))
        }
    }

    @Test("What was done while the team kept nothing to itself replays as it was")
    func otherSecrecy() throws {
        let log = [
            recorded(.opened(Sample.opening()), hour: 0),
            recorded(.routed(Sample.staffMatters, rule: "staff"), hour: 1),
            recorded(.inquired(.team(Sample.secondLine.place), question: EntryID(5)), hour: 2),
        ]
        let states = try Ticket.replay(log, id: TicketID(1))
        #expect(states.last?.ticket.undertakings.inquiries.count == 1)
    }
}
