import Glibc
import PostgresTestSupport
import Runtime
import Testing

@testable import Postgres

@Suite("Cancelling a task", .database, .timeLimit(.minutes(5)))
struct CancellationTests {
    @Test("ends its statement on the server, and the connection serves the next caller")
    func statement() async throws {
        let observer = try TestDatabase.current
        let database = try TestDatabase.own.open { $0.poolSize = 1 }
        let before = try await database.first("select pg_backend_pid()", as: Int.self)
        // Safe: the test waits for it.
        let task = Task { try await database.run("select pg_sleep(60)") }
        let process = try await Activity.running(like: "%pg_sleep%", in: observer)
        task.cancel()
        let error = await #expect(throws: DatabaseError.self) { try await task.value }
        #expect(error?.reason == .cancelled)
        let after = try await database.first("select pg_backend_pid()", as: Int.self)
        #expect(before == process && after == process)
        await database.close()
    }

    @Test("rolls its transaction back")
    func transaction() async throws {
        let observer = try TestDatabase.current
        let database = try TestDatabase.own.open { $0.poolSize = 1 }
        try await database.run(script: "create table a (x int)")
        // Safe: the test waits for it.
        let task = Task {
            try await database.transaction { transaction in
                try await transaction.run("insert into a values (1)")
                try await transaction.run("select pg_sleep(60)")
            }
        }
        _ = try await Activity.running(like: "%pg_sleep%", in: observer)
        task.cancel()
        let error = await #expect(throws: DatabaseError.self) { try await task.value }
        #expect(error?.reason == .cancelled)
        #expect(try await database.first("select count(*) from a", as: Int.self) == 0)
        await database.close()
    }

    @Test("before a commit means that nothing is committed")
    func beforeCommit() async throws {
        let database = try TestDatabase.current
        try await database.run(script: "create table a (x int)")
        // Safe: the test waits for it.
        let task = Task {
            try await database.transaction { transaction in
                try await transaction.run("insert into a values (1)")
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        let error = await #expect(throws: DatabaseError.self) { try await task.value }
        #expect(error?.reason == .cancelled)
        #expect(try await database.first("select count(*) from a", as: Int.self) == 0)
    }

    @Test("that waits for a connection ends its waiting")
    func waiting() async throws {
        let database = try TestDatabase.own.open { $0.poolSize = 1 }
        try await database.transaction { transaction in
            try await transaction.run("select 1")
            // Safe: the test waits for it.
            let task = Task { try await database.run("select 2") }
            while database.pool.queueLength == 0 { try await database.nap() }
            task.cancel()
            let error = await #expect(throws: DatabaseError.self) { try await task.value }
            #expect(error?.reason == .cancelled)
            #expect(database.pool.queueLength == 0)
        }
        await database.close()
    }

    @Test("that waits for a frozen server is over within seconds, and others are served")
    func frozenServer() async throws {
        let observer = try TestDatabase.current
        let database = try TestDatabase.own.open { $0.poolSize = 1 }
        // Safe: the test waits for it.
        let task = Task { try await database.first("select pg_sleep(60) is null", as: Bool.self) }
        let process = try await Activity.running(like: "%pg_sleep%", in: observer)
        kill(pid_t(process), SIGSTOP)
        defer { kill(pid_t(process), SIGCONT) }
        task.cancel()
        let error = await #expect(throws: DatabaseError.self) { try await task.value }
        #expect(error?.reason == .cancelled)
        #expect(try await database.first("select 1", as: Int.self) == 1)
        await database.close()
    }

    @Test("a thousand times at any moment leaves connections that answer their own caller")
    func atAnyMoment() async throws {
        let database = try TestDatabase.own.open { $0.poolSize = 2 }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<1_000 {
                group.addTask {
                    // Safe: the test waits for it.
                    let task = Task {
                        try await database.first("select \(number) from pg_sleep(0.0005)", as: Int.self)
                    }
                    for _ in 0..<(number % 7) { await Task.yield() }
                    if number % 3 > 0 { task.cancel() }
                    switch await task.result {
                    case .success(let answer): #expect(answer == number)
                    case .failure(let error as DatabaseError): #expect(error.reason == .cancelled, "\(error)")
                    case .failure(let error): throw error
                    }
                }
            }
            try await group.waitForAll()
        }
        await database.close()
    }
}
