import DeskStore
import DeskTestSupport
import Intake
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("A gateway's sweeper", .database(template: TestDesk.template))
struct SweeperTests {
    @Test("removes all that has had its time when it starts and again every ten minutes, and stops when it is told to")
    func runs() async throws {
        let desk = try TestDesk(as: "meridian_intake")
        let stop = StopSignal()
        let sweeper = Sweeper(desk.store, log: .silent)
        try await fill(from: 0, to: 1_200)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await sweeper.run(until: stop) }
            await desk.time.untilAsleep()
            #expect(try await count() == 0)
            try await fill(from: 1_200, to: 1_201)
            desk.time.advance(by: .seconds(600))
            await desk.time.untilAsleep()
            #expect(try await count() == 0)
            stop.raise()
            try await group.waitForAll()
        }
        await desk.store.database.close()
    }

    /// Requests of two days ago.
    private func fill(from first: Int, to end: Int) async throws {
        try await TestDatabase.current.run(
            """
            insert into idempotency (principal, key, fingerprint, status, body, at)
            select 'token:1', n::text, '', 200, '', \(TestDesk.monday) - interval '2 days'
            from generate_series(\(first), \(end) - 1) n
            """)
    }

    private func count() async throws -> Int? {
        try await TestDatabase.current.first("select count(*) from idempotency", as: Int.self)
    }
}
