import Desk
import DeskStore
import DeskTestSupport
import Jobs
import Moments
import Postgres
import PostgresTestSupport
import Routing
import RoutingTestSupport
import Runtime
import Testing

@Suite("Routing a ticket", .database(template: TestDesk.template))
struct RouteTicketHandlerTests {
    @Test("The worker, under its own database role, gives a new ticket to a team, and its job is done once")
    func routes() async throws {
        let number = try await TestDesk().store.accept(TestDesk.submission()).ticket.number
        let desk = try TestDesk(as: "meridian_routing")
        try await RoutingRun(desk).drain("routing")

        let view = try #require(await TestDesk().store.view(of: number, seeing: .desk, including: true))
        #expect(view.ticket.state == .assigned)
        #expect(view.log.map(\.recorded.event.kind).contains(.routed))
        #expect(view.log.last?.recorded.actor == .program)
        #expect(try await unfinished("ticket.route") == 0)
        await desk.store.database.close()
    }

    @Test("Four workers that begin at once route what waits, each ticket once, and none of them waits for ever")
    func manyWorkers() async throws {
        let plain = try TestDesk()
        for _ in 0..<42 { _ = try await plain.store.accept(TestDesk.submission()) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let desk = try TestDesk(as: "meridian_routing")
                    try await RoutingRun(desk).drain("routing")
                    await desk.store.database.close()
                }
            }
            try await group.waitForAll()
        }
        let routed = try await TestDatabase.current.first(
            "select count(*) from event where kind = 'routed'", as: Int.self)
        #expect(routed == 42)
    }

    @Test("A ticket that somebody has taken care of is left as it is")
    func leavesOthersWork() async throws {
        let plain = try TestDesk()
        let ticket = try await plain.store.accept(TestDesk.submission()).ticket
        try await plain.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) {
            .routed($0.ticket.responsibility, rule: "by hand")
        }
        let desk = try TestDesk(as: "meridian_routing")
        try await RoutingRun(desk).drain("routing")
        let view = try #require(await plain.store.view(of: ticket.number, seeing: .desk, including: true))
        #expect(view.ticket.revision == 2)
        await desk.store.database.close()
    }

    @Test("A deadline is told once at its hour, and not before, however many copies look")
    func deadlines() async throws {
        let plain = try TestDesk()
        let ticket = try await plain.store.accept(TestDesk.submission()).ticket
        let due = try #require(
            await plain.store.database.first(
                "select min(due_at) from deadline where due_at is not null", as: Moment.self))
        let desk = try TestDesk(as: "meridian_routing", at: due - .seconds(1))
        let watch = DeadlineWatch(desk.store, sites: nil, metrics: Metrics(), log: .silent)
        #expect(try await watch.fire() == 0)
        desk.time.advance(by: .seconds(1))
        async let one = watch.fire()
        async let other = DeadlineWatch(desk.store, sites: nil, metrics: Metrics(), log: .silent).fire()
        #expect(try await one + other == 1)
        #expect(try await watch.fire() == 0)
        let view = try #require(await plain.store.view(of: ticket.number, seeing: .desk, including: true))
        #expect(view.log.map(\.recorded.event.kind) == [.opened, .deadlineNear])
        await desk.store.database.close()
    }

    private func unfinished(_ kind: String) async throws -> Int? {
        try await TestDatabase.current.first("select count(*) from jobs.job where kind = \(kind)", as: Int.self)
    }
}
