import Desk
import Moments
import Testing

@Suite("The way back for what is missing")
struct ReturnsTests {
    /// The legs of a ticket after each of these events, which happen an hour apart.
    private func legs(after events: Ticket.Event...) throws -> (ledger: Ledger, ticket: Ticket) {
        var (ticket, effects) = Ticket.open(
            Sample.opening(), id: TicketID(1), at: Sample.start, by: .program)
        var ledger = Ledger()
        ledger.record(effects)
        for event in events {
            effects = try ticket.apply(event, at: ticket.updatedAt + .seconds(3600), by: .person(Sample.kari))
            ledger.record(effects)
        }
        return (ledger, ticket)
    }

    @Test("Whoever handed the ticket over is found behind legs of the requester, and nobody where no other team had it")
    func sender() throws {
        let alone = try legs(after: .routed(Sample.firstLine, rule: "all"), .taken(Sample.kari))
        #expect(alone.ledger.legs.sender(to: Sample.firstLine.place, in: 1) == nil)
        let passed = try legs(
            after: .routed(Sample.firstLine, rule: "all"),
            .handedOver(Sample.secondLine, reason: "-", note: EntryID(2)),
            .requesterAsked(EntryID(3)))
        let sender = passed.ledger.legs.sender(to: Sample.secondLine.place, in: 1)
        #expect(sender?.place == Sample.firstLine.place && sender?.position == Sample.firstLine.position)
        #expect(passed.ledger.legs.sender(to: Sample.secondLine.place, in: 2) == nil)
    }

    @Test("Each return is charged with what the first line and the requester had of it, and ends when it is passed on")
    func loops() throws {
        let (ledger, ticket) = try legs(
            after: .routed(Sample.firstLine, rule: "all"),
            .handedOver(Sample.secondLine, reason: "-", note: EntryID(2)),
            .foundInsufficient(Sample.firstLine, note: EntryID(3)), .requesterAsked(EntryID(4)),
            .requesterReplied(EntryID(5)), .handedOver(Sample.secondLine, reason: "-", note: EntryID(6)),
            .foundInsufficient(Sample.firstLine, note: EntryID(7)), .resolved(.solved, note: nil))
        let returns = ledger.legs.returns(asOf: ticket.updatedAt + .seconds(9000))
        #expect(returns.count == 2)
        #expect(returns[0].place == Sample.firstLine.place && returns[0].from == Sample.secondLine.place)
        #expect(returns[0].held == [.team: .seconds(7200), .requester: .seconds(3600)])
        #expect(returns[0].endedAt == returns[0].startedAt + .seconds(10_800))
        #expect(returns[1].held == [.team: .seconds(3600)] && returns[1].endedAt == ticket.times.resolved)
    }

    @Test("A return that goes on is charged until now")
    func open() throws {
        let (ledger, ticket) = try legs(
            after: .routed(Sample.firstLine, rule: "all"),
            .handedOver(Sample.secondLine, reason: "-", note: EntryID(2)),
            .foundInsufficient(Sample.firstLine, note: EntryID(3)))
        let returns = ledger.legs.returns(asOf: ticket.updatedAt + .seconds(60))
        #expect(returns.map(\.held) == [[.team: .seconds(60)]] && returns[0].endedAt == nil)
    }
}
