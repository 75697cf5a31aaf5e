import Desk
import JSON
import Moments
import Testing

@Suite("A ticket that another desk gave us")
struct ClientTests {
    private static let other = Sample.printwerk

    private static var opening: Ticket.Opening {
        var opening = Sample.opening()
        opening.client = other
        return opening
    }

    private func ticket(after events: Ticket.Event...) throws -> Ticket {
        var ticket = Ticket.open(Self.opening, id: TicketID(1), at: Sample.start, by: .supplier(Self.other)).ticket
        for event in [.routed(Sample.firstLine, rule: "all"), .taken(Sample.kari)] + events {
            _ = try ticket.apply(event, at: ticket.updatedAt, by: .person(Sample.kari))
        }
        return ticket
    }

    /// What the other desk hears, and nobody else outside.
    private func reports(_ effects: [Effect]) -> [ServiceReport] {
        let told = effects.compactMap { effect -> ServiceReport? in
            if case .tell(.requester, let letter, _) = effect { Issue.record("the requester gets a \(letter)") }
            guard case .report(Self.other, let report) = effect else { return nil }
            return report
        }
        return told
    }

    private func reports(
        of event: Ticket.Event, on ticket: Ticket, by actor: Ticket.Actor = .person(Sample.kari)
    ) throws -> [ServiceReport] {
        var ticket = ticket
        return reports(try ticket.apply(event, at: ticket.updatedAt, by: actor))
    }

    @Test("It is acknowledged to that desk, which is in the log and outlives its replay")
    func opened() throws {
        let (ticket, effects) = Ticket.open(
            Self.opening, id: TicketID(1), at: Sample.start, by: .supplier(Self.other))
        #expect(reports(effects) == [.acknowledged])
        #expect(ticket.client == Self.other && effects.contains(.route))
        let event = Ticket.Event.opened(Self.opening)
        #expect(try Ticket.Event(kind: .opened, data: event.data) == event)
        let log = [RecordedEvent(at: Sample.start, actor: .supplier(Self.other), event: event)]
        #expect(try Ticket.replay(log, id: TicketID(1)).last?.ticket == ticket)
    }

    @Test("That desk hears what the requester would be told, and how far it is; words of the desk to itself never")
    func reported() throws {
        let ticket = try ticket()
        #expect(try reports(of: .messageSent(EntryID(2)), on: ticket) == [.noted(EntryID(2))])
        #expect(try reports(of: .requesterAsked(EntryID(3)), on: ticket) == [.asked(EntryID(3))])
        #expect(try reports(of: .noteAdded(EntryID(4)), on: ticket).isEmpty)
        #expect(try reports(of: .putOnHold(until: nil, note: EntryID(5)), on: ticket) == [.hold])
        #expect(try reports(of: .referred(Sample.fjordnett, note: EntryID(6)), on: ticket) == [.hold])
        #expect(
            try reports(of: .callbackPromised(due: ticket.updatedAt + .seconds(60)), on: ticket).isEmpty,
            "a call is between us and a requester of our own")
        let waiting = try self.ticket(after: .requesterAsked(EntryID(3)))
        #expect(try reports(of: .resumed, on: waiting) == [.progress])
    }

    @Test("What is solved is told as solved, and every other end as given back", arguments: Ticket.Outcome.allCases)
    func ended(outcome: Ticket.Outcome) throws {
        let told = try reports(
            of: .resolved(outcome, note: EntryID(2), knowledge: .nothing(.tooSimple)), on: try ticket())
        #expect(told == [outcome.isSolution ? .resolved(note: EntryID(2)) : .returned(note: EntryID(2))])
    }

    @Test("That desk is not told of what it did itself, and answers for its requester")
    func ownActs() throws {
        var waiting = try ticket(after: .requesterAsked(EntryID(2)))
        let heard = try waiting.apply(.requesterReplied(EntryID(3)), at: waiting.updatedAt, by: .supplier(Self.other))
        #expect(reports(heard).isEmpty)
        #expect(heard.contains(.tell(.person(Sample.kari), .requesterReplied, entry: EntryID(3))))
        #expect(waiting.state == .inProgress)
        let withdrawal = Ticket.Event.resolved(.withdrawn, note: nil)
        #expect(try reports(of: withdrawal, on: waiting, by: .supplier(Self.other)).isEmpty)
        #expect(
            try reports(of: .requesterReplied(EntryID(4)), on: waiting, by: .person(Sample.requester))
                == [.noted(EntryID(4))], "what the requester says to us himself is news to it")
    }

    @Test("It cannot be given back to that desk as to a supplier, nor can that desk be asked as one")
    func circles() throws {
        var ticket = try ticket()
        for event in [
            .referred(Self.other, note: nil), .inquired(.supplier(Self.other), question: EntryID(2)),
        ] as [Ticket.Event] {
            #expect(throws: Refusal(reason: .hasTheTicket, state: .inProgress, event: event.kind)) {
                _ = try ticket.apply(event, at: ticket.updatedAt, by: .person(Sample.kari))
            }
        }
    }

    @Test("A supplier that asks the requester has the ticket again with his answer, and hears it once")
    func asksRequester() throws {
        var ticket = try Sample.ticket(
            after: .routed(Sample.firstLine, rule: "all"), .taken(Sample.kari),
            .referred(Sample.fjordnett, note: EntryID(2)))
        let asked = try ticket.apply(
            .requesterAsked(EntryID(3)), at: ticket.updatedAt, by: .supplier(Sample.fjordnett))
        #expect(ticket.state == .waitingRequester && ticket.holder == .requester)
        #expect(asked.contains(.tell(.requester, .supplierQuestion, entry: EntryID(3))))
        #expect(!asked.contains { if case .deliver = $0 { true } else { false } }, "nothing is echoed")
        #expect(ticket.clockDemands.first { $0.key.measure == .supplierResolution }?.waiting == .desk)

        let replied = try ticket.apply(
            .requesterReplied(EntryID(4)), at: ticket.updatedAt, by: .person(Sample.requester))
        #expect(ticket.state == .waitingSupplier && ticket.holder == .supplier(Sample.fjordnett))
        let told = replied.filter { if case .deliver = $0 { true } else { false } }
        #expect(told == [.deliver(Sample.fjordnett, .answer(note: EntryID(4)))])
        #expect(ticket.clockDemands.first { $0.key.measure == .supplierResolution }?.waiting == nil)
        let more = try ticket.apply(
            .requesterReplied(EntryID(5)), at: ticket.updatedAt, by: .person(Sample.requester))
        #expect(more.contains(.deliver(Sample.fjordnett, .note(EntryID(5)))), "later words are no answer")
    }

    @Test("Only the supplier that has the ticket asks the requester, and the desk may answer in his place")
    func asksInTurn() throws {
        var ticket = try Sample.ticket(
            after: .routed(Sample.firstLine, rule: "all"), .taken(Sample.kari),
            .referred(Sample.fjordnett, note: EntryID(2)))
        for actor in [Ticket.Actor.supplier(Sample.printwerk), .person(Sample.kari)] {
            #expect(throws: Refusal.self) {
                _ = try ticket.apply(.requesterAsked(EntryID(3)), at: ticket.updatedAt, by: actor)
            }
        }
        _ = try ticket.apply(.requesterAsked(EntryID(3)), at: ticket.updatedAt, by: .supplier(Sample.fjordnett))
        try ticket.go(through: .supplierAnswered(Sample.fjordnett, note: EntryID(4)))
        #expect(ticket.state == .waitingSupplier && ticket.sharings.allSatisfy { !$0.asksRequester })
    }
}
