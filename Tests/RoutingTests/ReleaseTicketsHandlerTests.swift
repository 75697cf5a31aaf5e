import Desk
import DeskStore
import DeskTestSupport
import Jobs
import Postgres
import PostgresTestSupport
import Routing
import RoutingTestSupport
import Runtime
import Testing

@Suite("Positions, not people", .database(template: TestDesk.template))
struct ReleaseTicketsHandlerTests {
    @Test(
        "Somebody leaves with 500 open tickets: each is in the queue of its position, none without one, none forgotten")
    func leaves() async throws {
        let desk = try TestDesk()
        let kari = try #require(await desk.store.person(at: "kari.nordmann@norrsken.example")).id
        for index in 0..<500 {
            let number = try await desk.store.accept(
                TestDesk.submission(from: "r\(index % 20)@customer.example")
            ).ticket.number
            try await desk.store.record(on: number, seeing: .desk, Recording(by: .person(kari))) { _ in .taken(kari) }
        }
        let changed = try TestDesk.organisation { document in
            let people = try #require(document["people"] as? [[String: Any]])
            document["people"] = people.filter { $0["email"] as? String != "kari.nordmann@norrsken.example" }
        }
        desk.time.advance(by: .seconds(60))
        _ = try await desk.store.apply(changed, by: "the tests")
        try await RoutingRun(TestDesk(as: "meridian_routing", time: desk.time)).drain("routing")
        let (queued, held, released) = try #require(
            await TestDatabase.current.first(
                """
                select count(*) filter (where t.person is null and t.state = 'assigned' and t.position is not null),
                    count(*) filter (where t.person is not null),
                    (select count(*) from event where kind = 'released')
                from ticket t
                """, as: (Int, Int, Int).self))
        #expect((queued, held, released) == (500, 0, 500))
        // Whoever comes after him reads what he has done.
        let histories = try await TestDatabase.current.first(
            """
            select count(*) from (select ticket from event where kind in ('opened', 'taken', 'released')
                group by ticket having count(distinct kind) = 3) t
            """, as: Int.self)
        #expect(histories == 500)
        let number = try #require(await TestDatabase.current.first("select number from ticket", as: TicketNumber.self))
        let view = try #require(await desk.store.view(of: number, seeing: .desk, including: true))
        #expect(view.log.first { $0.recorded.event.kind == .taken }?.actorName == "Kari Nordmann")
    }
}
