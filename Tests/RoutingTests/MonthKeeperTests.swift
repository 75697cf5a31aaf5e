import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@testable import Routing

@Suite("The keeper of the log's months", .database(template: TestDesk.template), .timeLimit(.minutes(5)))
struct MonthKeeperTests {
    @Test("It looks again soon where the log or the database was not free, and much later where it was refused")
    func rhythm() async throws {
        let desk = try TestDesk(as: "meridian_routing")
        let keeper = MonthKeeper(desk.store, log: .silent)
        try await TestDesk(at: TestDesk.monday).store.transaction { (transaction: borrowing Transaction) in
            try await transaction.run("lock table ticket in row exclusive mode")
            #expect(await keeper.keep() == MonthKeeper.rhythm.soon)
        }
        let database = try TestDatabase.current
        try await database.run("revoke execute on function make_event_partition(date) from meridian_routing")
        #expect(await keeper.keep() == MonthKeeper.rhythm.refused)
        try await database.run("grant execute on function make_event_partition(date) to meridian_routing")
        #expect(await keeper.keep() == MonthKeeper.rhythm.usual)
        let months = try await database.all(
            "select inhrelid::regclass::text from pg_inherits where inhparent = 'event'::regclass order by 1",
            as: String.self)
        #expect(months == ["event_2026_03", "event_2026_04", "event_default"])
        try await database.run(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where usename = 'meridian_routing' and datname = current_database()
            """)
        #expect([MonthKeeper.rhythm.soon, MonthKeeper.rhythm.usual].contains(await keeper.keep()))
        await desk.store.database.close()
    }
}
