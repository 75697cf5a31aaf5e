import Postgres
import PostgresTestSupport
import Runtime
import Synchronization
import Testing

@Suite("What the server remarks", .database)
struct HandleTests {
    /// The lines of a log, as text.
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])

        var all: [String] { lines.withLock { $0 } }

        func log() -> Log {
            Log(
                service: "test", level: .debug,
                to: .calling { line in self.lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } })
        }
    }

    @Test("goes to the log for those who look for faults; values of statements never do")
    func remarks() async throws {
        let lines = Lines()
        let own = try TestDatabase.own
        let database = Database(DatabaseConfiguration(own.connection), loops: TestDatabase.loops, log: lines.log())
        try await database.run(script: "do $$ begin raise notice 'the table is old'; end $$")
        _ = try? await database.run("select \("a secret")::int")
        _ = try? await database.run("select nonsense where 'x' = \("a secret")")
        await database.close()
        #expect(lines.all.contains { $0.contains("the table is old") && $0.contains("NOTICE") })
        #expect(!lines.all.contains { $0.contains("a secret") })
    }
}
