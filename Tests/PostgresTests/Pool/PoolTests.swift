import PostgresTestSupport
import Runtime
import Testing

@testable import Postgres

@Suite("A pool", .database, .timeLimit(.minutes(5)))
struct PoolTests {
    @Test("serves those who wait in the order in which they came")
    func fairness() async throws {
        let database = try TestDatabase.own.open { $0.poolSize = 1 }
        let (served, order) = AsyncStream<Int>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            try await database.transaction { transaction in
                try await transaction.run("select 1")
                for number in 0..<20 {
                    group.addTask {
                        try await database.transaction { _ in _ = order.yield(number) }
                    }
                    while database.pool.queueLength <= number { try await database.nap() }
                }
            }
            try await group.waitForAll()
        }
        order.finish()
        #expect(await served.reduce(into: []) { $0.append($1) } == Array(0..<20))
        await database.close()
    }

    @Test("tells a caller who has waited long enough that all connections are in use")
    func exhaustion() async throws {
        let database = try TestDatabase.own.open {
            $0.poolSize = 1
            $0.acquireTimeout = .milliseconds(30)
        }
        // To connect may take longer than this caller waits.
        while (try? await database.run("select 1")) == nil { try await database.nap() }
        try await database.transaction { transaction in
            try await transaction.run("select 1")
            let error = await #expect(throws: DatabaseError.self) { try await database.run("select 2") }
            #expect(error?.reason == .exhausted)
            #expect(error?.isTransient == true)
        }
        #expect(try await database.run("select 3") == 1)
        await database.close()
    }

    @Test("opens a second connection once the server lets it, though the first is still lent")
    func triesAgain() async throws {
        let (database, door) = try (
            TestDatabase.own.open { $0.poolSize = 2 }, TestDatabase.own.open { $0.poolSize = 1 }
        )
        func open(_ isOpen: Bool) async throws {
            try await door.run(
                "update pg_database set datallowconn = \(isOpen) where datname = current_database()")
        }
        try await open(false)
        try await open(true)
        try await database.transaction { transaction in
            try await transaction.run("select 1")
            try await open(false)
            async let answer = database.first("select 2", as: Int.self)
            while database.pool.failuresInARow == 0 { try await database.nap() }
            try await open(true)
            #expect(try await answer == 2)
        }
        await database.close()
        await door.close()
    }

    @Test("never has more connections than it may, however many ask")
    func limit() async throws {
        let database = try TestDatabase.own.open { $0.poolSize = 3 }
        let processes = try await withThrowingTaskGroup(of: Int?.self) { group in
            for _ in 0..<200 {
                group.addTask { try await database.first("select pg_backend_pid()", as: Int.self) }
            }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1 ?? 0) }
        }
        #expect((1...3).contains(processes.count))
        await database.close()
    }

    @Test("drops an idle connection whose server process has ended, and opens another")
    func dropsBroken() async throws {
        let observer = try TestDatabase.current
        let database = try TestDatabase.own.open { $0.poolSize = 1 }
        let first = try #require(try await database.first("select pg_backend_pid()", as: Int.self))
        try await observer.run("select pg_terminate_backend(\(first)::int)")
        while database.pool.idleCount > 0 { try await database.nap() }
        let second = try #require(try await database.first("select pg_backend_pid()", as: Int.self))
        #expect(first != second)
        await database.close()
    }

    @Test("does not hold up other statements of the same loop while the server works on one")
    func doesNotBlock() async throws {
        let loops = EventLoopGroup(count: 1)
        let own = try TestDatabase.own
        let database = Database(DatabaseConfiguration(own.connection), loops: loops)
        try await own.database.session { session in
            try await session.run("select pg_advisory_lock(1)")
            async let blocked = database.first("select pg_advisory_lock(1) is null", as: Bool.self)
            _ = try await Activity.running(like: "%pg_advisory_lock%", in: database)
            for number in 0..<100 {
                #expect(try await database.first("select \(number)", as: Int.self) == number)
            }
            try await session.run("select pg_advisory_unlock(1)")
            #expect(try await blocked == false)
        }
        await database.close()
        loops.shutdown()
    }

    @Test("that is closed waits for what is under way, and refuses what comes after")
    func closes() async throws {
        let database = try TestDatabase.own.open()
        let (started, signal) = AsyncStream<Void>.makeStream()
        // Safe: the test waits for it.
        let work = Task {
            try await database.transaction { transaction in
                try await transaction.run("select 1")
                signal.finish()
                try await transaction.run("select pg_sleep(0.05)")
                return ContinuousClock.now
            }
        }
        for await _ in started {}
        await database.close()
        let closed = ContinuousClock.now
        #expect(try await work.value < closed)
        let error = await #expect(throws: DatabaseError.self) { try await database.run("select 1") }
        #expect(error?.reason == .misused)
        await database.close()
    }

    @Test("a connection that lost its right to write is not lent again")
    func readOnlyServer() async throws {
        let database = try TestDatabase.own.open { $0.poolSize = 1 }
        let first = try await database.first("select pg_backend_pid()", as: Int.self)
        let error = await #expect(throws: DatabaseError.self) {
            try await database.transaction(settings: [("transaction_read_only", "on")]) {
                try await $0.run("create table a (x int)")
            }
        }
        #expect(error?.sqlState == .readOnlyTransaction)
        let second = try await database.first("select pg_backend_pid()", as: Int.self)
        #expect(first != second)
        await database.close()
    }
}
