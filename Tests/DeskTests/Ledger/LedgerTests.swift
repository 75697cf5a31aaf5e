import Desk
import JSON
import Moments
import SeedTestSupport
import Testing

@Suite("The ledger of legs")
struct LedgerTests {
    @Test("A life from mail to supplier and back is told leg by leg")
    func journey() throws {
        var ledger = Ledger()
        var (ticket, effects) = Ticket.open(Sample.opening(), id: TicketID(1), at: Sample.start, by: .program)
        ledger.record(effects)
        let events: [Ticket.Event] = [
            .routed(Sample.firstLine, rule: "all"), .taken(Sample.kari),
            .handedOver(Sample.secondLine, reason: "network", note: EntryID(2)),
            .referred(Sample.fjordnett, note: nil), .supplierAsked(Sample.fjordnett, note: EntryID(3)),
            .requesterAsked(EntryID(4)), .requesterReplied(EntryID(5)),
            .supplierAnswered(Sample.fjordnett, note: EntryID(6)), .supplierResolved(Sample.fjordnett, note: nil),
            .resolved(.solved, note: nil), .closed,
        ]
        for (hour, event) in events.enumerated() {
            ledger.record(
                try ticket.apply(event, at: Sample.start + .seconds(3600 * (hour + 1)), by: .person(Sample.jan)))
        }
        let first = Holder.team(Sample.firstLine.place)
        let second = Holder.team(Sample.secondLine.place)
        let supplier = Holder.supplier(Sample.fjordnett)
        #expect(
            ledger.legs.map(\.holder)
                == [first, second, supplier, second, .requester, second, supplier, second, .requester])
        #expect(
            ledger.legs.map { ($0.endedAt ?? Sample.start).duration(since: $0.startedAt) / Duration.seconds(3600) }
                == [3, 1, 1, 1, 1, 1, 1, 1, 1])
        #expect(ledger.legs.dropFirst().allSatisfy { $0.position == Sample.secondLine.position })
        #expect(ledger.open == nil)
    }

    @Test("Legs cover every life exactly, and the store's way gives what a replay gives", arguments: 0..<2_500)
    func coversLives(number: Int) throws {
        let seed = Seed(number)
        let history = RandomHistory(seed: seed, length: 60)
        let replayed = try Ticket.replay(try throughJSON(history.log), id: history.ticket.id)
        #expect(replayed.last?.ticket == history.ticket, "\(seed)")
        #expect(replayed.map(\.effects) == history.effects, "\(seed)")
        var ledger = Ledger()
        for (ticket, effects) in replayed {
            ledger.record(effects)
            #expect(ledger.legs.count { $0.endedAt == nil } == (ticket.state == .closed ? 0 : 1), "\(seed)")
        }
        #expect(Ledger(states: zip(replayed, history.log).map { ($0.ticket, $1.event.kind) }) == ledger, "\(seed)")
        for episode in 1...history.ticket.episode { try check(episode, of: ledger, history, seed) }
    }

    private func check(_ episode: Int, of ledger: Ledger, _ history: RandomHistory, _ seed: Seed) throws {
        let legs = ledger.legs.filter { $0.episode == episode }
        let isRunning = episode == history.ticket.episode && history.ticket.state != .closed
        let first = try #require(legs.first, "\(seed)")
        #expect(legs.map(\.isFirst) == [true] + legs.dropFirst().map { _ in false }, "\(seed)")
        #expect(legs.dropLast().map(\.endedAt) == legs.dropFirst().map(\.previousEnd), "\(seed)")
        #expect(legs.allSatisfy { leg in leg.endedAt.map { $0 > leg.startedAt } ?? (leg == legs.last) }, "\(seed)")
        #expect((legs.last?.endedAt == nil) == isRunning, "\(seed)")
        if episode == 1 { #expect(first.startedAt == history.ticket.times.opened, "\(seed)") }
        if isRunning {
            #expect(legs.last?.startedAt == history.ticket.heldSince, "\(seed)")
            #expect(legs.last?.holder == history.ticket.holder, "\(seed)")
        }
    }

    private func throughJSON(_ log: [RecordedEvent]) throws -> [RecordedEvent] {
        try log.map { recorded in
            let event = try Ticket.Event(kind: recorded.event.kind, data: JSON.parse(recorded.event.data.text))
            return RecordedEvent(at: recorded.at, actor: recorded.actor, event: event)
        }
    }
}
