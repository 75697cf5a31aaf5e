import PostgresTestSupport
import Testing

@testable import Postgres

@Suite("What a statement tells", .database, .timeLimit(.minutes(5)))
struct TellingTests {
    private struct Refusal: Error {}
    private let database: Database

    init() throws { database = try TestDatabase.current }

    private func telling(_ payload: String?...) -> SQL {
        ("select told from unnest(\(payload)) as row (told)" as SQL).telling("job", column: "told")
    }

    /// The payloads that `body` has sent, in any order.
    private func told(by body: () async throws -> Void) async throws -> [String] {
        var events = database.notifications(on: "job").makeAsyncIterator()
        #expect(await events.next() == .connected)
        try await body()
        await database.untilTold()
        try await database.run("select pg_notify('job', 'end')")
        var payloads: [String] = []
        while case .notification(_, let payload) = await events.next(), payload != "end" { payloads.append(payload) }
        return payloads.sorted()
    }

    @Test("is told once its transaction is committed, wherever in it the statement stood; null tells nothing")
    func committed() async throws {
        let payloads = try await told {
            try await database.transaction { transaction in
                transaction.later(telling("with the next"))
                #expect(try await transaction.run(telling("by itself", nil)) == 2)
                transaction.later(telling("with a script"))
                try await transaction.run(script: "select 1")
                transaction.later(telling("with the commit", "with the commit"))
            }
            try await database.run(telling("alone"))
            try await database.session { session in
                try await session.run(telling("of a session"))
                _ = try await session.transaction { try await $0.run(telling("of its transaction")) }
            }
        }
        #expect(
            payloads == [
                "alone", "by itself", "of a session", "of its transaction", "with a script", "with the commit",
                "with the next",
            ])
    }

    @Test("is told after the commit: whoever hears of it sees what was done")
    func afterwards() async throws {
        try await database.run(script: "create table a (x int)")
        var events = database.notifications(on: "job").makeAsyncIterator()
        #expect(await events.next() == .connected)
        for round in 1...30 {
            let statement: SQL = "insert into a values (\(round)) returning x::text as told"
            try await database.transaction { $0.later(statement.telling("job", column: "told")) }
            #expect(await events.next() == .notification(channel: "job", payload: "\(round)"))
            #expect(try await database.first("select max(x) from a", as: Int.self) == round)
        }
    }

    @Test("is not told where the transaction is rolled back, by its body, a refusal, a cancellation or the server")
    func rolledBack() async throws {
        let payloads = try await told {
            await #expect(throws: Refusal.self) {
                try await database.transaction { transaction in
                    try await transaction.run(telling("thrown away"))
                    throw Refusal()
                }
            }
            await #expect(throws: DatabaseError.self) {
                try await database.transaction { transaction in
                    transaction.later(telling("refused with what follows"))
                    transaction.later("select 1 / 0")
                }
            }
            await #expect(throws: DatabaseError.self) {
                try await database.transaction { transaction in
                    try await transaction.run(telling("failed before its commit"))
                    _ = try? await transaction.run("select 1 / 0")
                }
            }
            await #expect(throws: DatabaseError.self) {
                _ = try await database.pipeline([telling("of a pipeline"), "select 1 / 0"])
            }
            // Safe: the test waits for it.
            let task = Task {
                try await database.transaction { transaction in
                    try await transaction.run(telling("cancelled"))
                    withUnsafeCurrentTask { $0?.cancel() }
                }
            }
            await #expect(throws: DatabaseError.self) { try await task.value }
        }
        #expect(payloads == [])
    }

    @Test("is told of the attempt that was committed, and of none before it")
    func retried() async throws {
        try await database.run(script: "create table counter (value int); insert into counter values (0)")
        var attempts = 0
        let payloads = try await told {
            try await database.transaction(isolation: .repeatableRead, retries: 1) { transaction in
                attempts += 1
                try await transaction.run(telling("attempt \(attempts)"))
                if attempts == 1 { try await database.run("update counter set value = 1") }
                try await transaction.run("update counter set value = value + 1")
            }
        }
        #expect(payloads == ["attempt 2"])
    }

    @Test("is told although the task that committed is cancelled right after it, and before its pool is closed")
    func closing() async throws {
        let own = try TestDatabase.own.open { $0.poolSize = 1 }
        let payloads = try await told {
            // Safe: the test waits for it.
            let task = Task {
                _ = try await own.transaction { try await $0.run(telling("cancelled too late")) }
                withUnsafeCurrentTask { $0?.cancel() }
            }
            try await task.value
            await own.close()
        }
        #expect(payloads == ["cancelled too late"])
    }

    @Test("is lost where no connection can be had, and what comes later is told")
    func lost() async throws {
        let own = try TestDatabase.own.open {
            $0.poolSize = 1
            $0.acquireTimeout = .milliseconds(20)
        }
        let payloads = try await told {
            while (try? await own.run("select 1")) == nil { try await database.nap() }
            try await own.transaction { transaction in
                try await transaction.run("select 1")
                _ = try await own.session { try await $0.run(telling("while all are in use")) }
                await own.untilTold()
            }
            try await own.run(telling("later"))
            await own.close()
        }
        #expect(payloads == ["later"])
    }
}
