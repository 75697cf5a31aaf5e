import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("An exchange with the server", .database, .timeLimit(.minutes(5)))
struct ConnectionExchangeTests {
    @Test("is on its way at once where it is asked for on the connection's own loop")
    func atOnce() async throws {
        let database = try TestDatabase.own.open { $0.poolSize = 1 }
        let (begun, answer) = try await TestDatabase.loops.next().run {
            try await database.run("select 1")
            let before = database.roundTrips
            async let answer = database.first("select 2", as: Int.self)
            // Whoever asks has one turn, and this task has the next.
            await Task.yield()
            let begun = database.roundTrips - before
            return (begun, try await answer)
        }
        #expect(begun == 1)
        #expect(answer == 2)
        await database.close()
    }
}
