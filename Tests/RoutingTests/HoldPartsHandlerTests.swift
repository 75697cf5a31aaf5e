import Desk
import DeskStore
import DeskTestSupport
import Jobs
import Postgres
import PostgresTestSupport
import Routing
import Runtime
import Testing

@Suite("All parts of a major incident wait at once, and go on", .database(template: TestDesk.template))
struct HoldPartsHandlerTests {
    private let desk: TestDesk

    init() async throws {
        try await TestDesk.apply(process: [:])
        desk = try TestDesk()
    }

    /// A major incident with parts.
    private func whole(with count: Int) async throws -> (whole: Ticket, parts: [Ticket]) {
        let oslo = try await desk.store.directory().sites["OSL"]
        let whole = try await desk.store.accept(TestDesk.submission(at: oslo)).ticket
        try await record(whole, .declaredMajor)
        var parts: [Ticket] = []
        for _ in 0..<count {
            let part = try await desk.store.accept(TestDesk.submission(at: oslo)).ticket
            try await desk.store.transaction { (transaction: borrowing Transaction) in
                _ = try await desk.store.attach(
                    part.number, toParent: whole.number, Recording(by: .program), using: transaction)
            }
            parts.append(part)
        }
        try await desk.drainRouting()
        return (whole, parts)
    }

    private func record(_ ticket: Ticket, _ event: Ticket.Event) async throws {
        desk.time.advance(by: .seconds(60))
        try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in event }
    }

    private func hold(_ whole: Ticket, goingOn: Bool = false, by actor: Ticket.Actor = .program) async throws -> Int {
        desk.time.advance(by: .seconds(60))
        return try await desk.store.transaction { (transaction: borrowing Transaction) in
            try await desk.store.holdParts(
                of: whole.number, goingOn: goingOn, Recording(by: actor, cause: "a click"), using: transaction)
        }
    }

    private func waiting() async throws -> Int {
        try await desk.store.database.first("select count(*) from ticket where waits_for_parent", as: Int.self) ?? 0
    }

    @Test("Hundreds wait by one click, fifty in a transaction; each tells who said so, and goes on by another click")
    func many() async throws {
        let (whole, parts) = try await whole(with: 120)
        try await record(parts[3], .resolved(.withdrawn, note: nil))
        try await record(parts[4], .leftParent)
        let kari = try #require(await desk.store.person(at: "kari.nordmann@norrsken.example"))
        #expect(try await hold(whole, by: .person(kari.id)) == 118)
        let jobs = try await desk.store.database.all(
            "select json_array_length(arguments->'parts') from jobs.job where kind = 'ticket.hold-parts' order by id",
            as: Int.self)
        #expect(jobs == [50, 50, 18] && parts.count == 120)
        #expect(try await waiting() == 0, "the click itself changes no part")
        try await desk.drainRouting()
        #expect(try await waiting() == 118)
        let view = try await desk.view(of: parts[119])
        #expect(view.ticket.state == .waitingOther && view.log.last?.recorded.event == .waitsForParent)
        #expect(view.log.last?.recorded.actor == .person(kari.id) && view.log.last?.cause == "a click")
        #expect(view.clocks.allSatisfy { $0.clock.state == .paused })
        #expect(try await hold(whole, goingOn: true, by: .person(kari.id)) == 118)
        try await desk.drainRouting()
        #expect(try await waiting() == 0)
        let after = try await desk.view(of: parts[119])
        #expect(after.ticket.state == .assigned && after.log.last?.recorded.actor == .person(kari.id))
    }

    @Test("Who has them go on at once reaches those too that do not wait yet")
    func atOnce() async throws {
        let (whole, _) = try await whole(with: 2)
        #expect(try await hold(whole) == 2)
        #expect(try await hold(whole, goingOn: true) == 2)
        try await desk.drainRouting()
        #expect(try await waiting() == 0)
    }

    @Test("What a part has become meanwhile is left as it is, and the others wait")
    func meanwhile() async throws {
        let (whole, parts) = try await whole(with: 4)
        #expect(try await hold(whole) == 4)
        try await record(parts[0], .resolved(.solved, note: nil))
        try await record(parts[1], .leftParent)
        let supplier = try #require(await desk.store.directory().suppliers["fjordnett"])
        try await record(parts[2], .referred(supplier, note: nil))
        try await desk.drainRouting()
        #expect(try await waiting() == 1)
        #expect(try await desk.view(of: parts[3]).ticket.ties.waitsForParent)
        try await record(whole, .stoodDown)
        try await desk.drainRouting()
        #expect(try await waiting() == 0)
    }

    @Test("Only of a major incident that goes on, and has parts that can wait")
    func refused() async throws {
        let (whole, parts) = try await whole(with: 1)
        func reason(_ ticket: Ticket, goingOn: Bool = false) async -> Refusal.Reason? {
            await #expect(throws: Refusal.self) { try await hold(ticket, goingOn: goingOn) }?.reason
        }
        #expect(await reason(parts[0]) == .isNotMajor)
        #expect(try await hold(whole) == 1)
        try await desk.drainRouting()
        #expect(await reason(whole) == .changesNothing)
        try await record(whole, .resolved(.solved, note: nil))
        #expect(await reason(whole, goingOn: true) == .isNotMajor)
    }
}
