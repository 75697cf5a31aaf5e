import Postgres
import PostgresTestSupport
import Testing

@Suite("When a standby takes over", .timeLimit(.minutes(5)))
struct FailoverTests {
    /// Tries again for as long as no server takes changes.
    private func untilTaken(_ change: SQL, by database: Database) async throws {
        while true {
            do throws(DatabaseError) {
                _ = try await database.run(change)
                return
            } catch  where error.reason == .unreachable {
                try await database.nap()
            }
        }
    }

    @Test("connections and the notifications follow to it, and nobody is given one that takes no changes")
    func follow() async throws {
        try await ServerPair.lend { pair in
            let database = Database(DatabaseConfiguration(pair.connection), loops: TestDatabase.loops)
            var events = database.notifications(on: "job").makeAsyncIterator()
            #expect(await events.next() == .connected)
            try await database.run(script: "create table a (x int)")
            #expect(try await database.run("insert into a values (1)") == 1)
            try await pair.untilCopied()

            let error = await #expect(throws: DatabaseError.self) {
                try await database.transaction { transaction in
                    try await transaction.run("insert into a values (2)")
                    await pair.losePrimary()
                    try await transaction.run("insert into a values (3)")
                }
            }
            #expect(error?.reason == .unreachable)
            let away = await #expect(throws: DatabaseError.self) { try await database.run("select 1") }
            #expect(away?.reason == .unreachable, "a standby is there, but takes no changes")

            try await pair.promote()
            #expect(await events.next() == .connected)
            try await untilTaken("insert into a values (4)", by: database)
            #expect(try await database.all("select x from a order by x", as: Int.self) == [1, 4])
            try await database.run("select pg_notify('job', 'heard')")
            #expect(await events.next() == .notification(channel: "job", payload: "heard"))
            await database.close()
        }
    }
}
