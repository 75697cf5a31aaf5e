import Desk
import DeskStore
import DeskTestSupport
import Jobs
import Postgres
import PostgresTestSupport
import Routing
import Runtime
import Testing

@Suite("Parts that wait with a major incident go on or end with it", .database(template: TestDesk.template))
struct ResumeChildrenHandlerTests {
    private let desk: TestDesk

    init() async throws {
        try await TestDesk.apply(process: [:])
        desk = try TestDesk()
    }

    private func accept(partOf whole: Ticket? = nil, waits: Bool = true) async throws -> Ticket {
        let oslo = try await desk.store.directory().sites["OSL"]
        let ticket = try await desk.store.accept(TestDesk.submission(at: oslo)).ticket
        guard let whole else { return ticket }
        let recording = Recording(by: .program)
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            _ = try await desk.store.attach(ticket.number, toParent: whole.number, recording, using: transaction)
            if waits { _ = try await desk.store.waitWithParent(ticket.number, recording, using: transaction) }
        }
        return ticket
    }

    private func major() async throws -> Ticket {
        let whole = try await accept()
        try await record(whole, .declaredMajor)
        return whole
    }

    private func record(_ ticket: Ticket, _ event: Ticket.Event) async throws {
        desk.time.advance(by: .seconds(60))
        try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in event }
    }

    @Test("Where the major incident is none any more, each part that waits is taken up again, and no other one")
    func standDown() async throws {
        let whole = try await major()
        let (waiting, other) = try await (accept(partOf: whole), accept(partOf: whole, waits: false))
        try await record(other, .putOnHold(until: nil, note: nil))
        try await record(whole, .stoodDown)
        try await desk.drainRouting()
        let resumed = try await desk.view(of: waiting)
        #expect(resumed.ticket.state == .assigned && !resumed.ticket.ties.waitsForParent)
        #expect(resumed.ticket.ties.parent == whole.id)
        #expect(resumed.log.last?.cause == "end of the major incident \(whole.number)")
        #expect(try await desk.view(of: other).ticket.state == .waitingOther)
    }

    @Test("Where it was declared again at once, its parts wait on")
    func declaredAgain() async throws {
        let whole = try await major()
        let waiting = try await accept(partOf: whole)
        try await record(whole, .stoodDown)
        try await record(whole, .declaredMajor)
        try await desk.drainRouting()
        #expect(try await desk.view(of: waiting).ticket.ties.waitsForParent)
    }

    @Test(
        "A part that waits ends with the whole as any part does, and none of its targets is missed for the wait",
        arguments: [Ticket.Outcome.workedAround, .withdrawn])
    func resolved(outcome: Ticket.Outcome) async throws {
        let whole = try await major()
        let part = try await accept(partOf: whole)
        desk.time.advance(by: .seconds(90 * 86_400))
        try await record(whole, .resolved(outcome, note: nil))
        try await desk.drainRouting()
        let ended = try await desk.view(of: part)
        #expect(ended.ticket.state == .resolved && ended.ticket.outcome == outcome)
        #expect(!ended.ticket.ties.waitsForParent)
        #expect(!ended.clocks.isEmpty && !ended.clocks.contains { $0.clock.state == .missed })
        #expect(ended.clocks.contains { $0.clock.state == .met && $0.clock.segments.contains { $0.pause == .parent } })
        try await record(part, .reopened(.notSolved, note: nil))
        #expect(try await desk.view(of: part).ticket.state == .assigned)
    }

    @Test("A whole that is reopened before its parts were ended leaves them waiting: it goes on")
    func reopenedAtOnce() async throws {
        let whole = try await major()
        let part = try await accept(partOf: whole)
        try await record(whole, .resolved(.solved, note: nil))
        try await record(whole, .reopened(.notSolved, note: nil))
        try await desk.drainRouting()
        #expect(try await desk.view(of: part).ticket.ties.waitsForParent)
    }

    @Test("More parts than one transaction changes go on in several, and none waits any longer")
    func many() async throws {
        let whole = try await major()
        let recording = Recording(by: .program)
        let kari = TestDesk.submission(at: try await desk.store.directory().sites["OSL"])
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            for _ in 0..<120 {
                let part = try await desk.store.accept(kari, using: transaction).ticket
                _ = try await desk.store.attach(part.number, toParent: whole.number, recording, using: transaction)
                _ = try await desk.store.waitWithParent(part.number, recording, using: transaction)
            }
        }
        try await record(whole, .stoodDown)
        try await desk.drainRouting()
        let states = try await TestDatabase.current.all(
            "select state, count(*) from ticket where parent = \(whole.id) group by state", as: (String, Int).self)
        #expect(states.map(\.0) == ["assigned"] && states.first?.1 == 120)
        let jobs = try await TestDatabase.current.first(
            "select count(*) from jobs.finished where kind = \(ResumeChildren.kind.rawValue)", as: Int.self)
        #expect(jobs == 3)
    }
}
