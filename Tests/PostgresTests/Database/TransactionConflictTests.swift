import Postgres
import PostgresTestSupport
import Testing

@Suite("A transaction that meets another", .database, .timeLimit(.minutes(5)))
struct TransactionConflictTests {
    private func counter() async throws -> Database {
        let database = try TestDatabase.current
        try await database.run(script: "create table counter (value int); insert into counter values (0)")
        return database
    }

    /// Reads the counter, has somebody else change it meanwhile in the first `conflicts` attempts, and changes it.
    private func increment(_ database: Database, conflicts: Int, retries: Int) async throws -> Int {
        var attempts = 0
        try await database.transaction(isolation: .repeatableRead, retries: retries) { transaction in
            attempts += 1
            let value = try await transaction.first("select value from counter", as: Int.self) ?? -1
            if attempts <= conflicts { try await database.run("update counter set value = value + 100") }
            try await transaction.run("update counter set value = \(value + 1)")
        }
        return attempts
    }

    @Test("is run again as often as was asked for")
    func retries() async throws {
        let database = try await counter()
        #expect(try await increment(database, conflicts: 2, retries: 2) == 3)
        #expect(try await database.first("select value from counter", as: Int.self) == 201)
    }

    @Test("fails if nobody asked to run it again, or not often enough", arguments: [0, 1])
    func givesUp(retries: Int) async throws {
        let database = try await counter()
        let error = await #expect(throws: DatabaseError.self) {
            try await increment(database, conflicts: 2, retries: retries)
        }
        #expect(error?.sqlState == .serializationFailure)
        #expect(error?.isTransient == true)
        #expect(try await database.first("select value from counter", as: Int.self) == 100 * (retries + 1))
    }

    @Test("is refused changes if it only reads")
    func readOnly() async throws {
        let database = try await counter()
        let error = await #expect(throws: DatabaseError.self) {
            try await database.transaction(readOnly: true) { try await $0.run("update counter set value = 1") }
        }
        #expect(error?.sqlState == .readOnlyTransaction)
        #expect(try await database.run("update counter set value = 2") == 1)
    }

    @Test("learns of a constraint that is checked at its end")
    func deferredConstraint() async throws {
        let database = try TestDatabase.current
        try await database.run(
            script: """
                create table a (id int primary key);
                create table b (a int constraint b_a references a deferrable initially deferred)
                """)
        let error = await #expect(throws: DatabaseError.self) {
            try await database.transaction { try await $0.run("insert into b values (1)") }
        }
        #expect(error?.reason == .rejected(.foreignKeyViolation, constraint: "b_a"))
        let alone = await #expect(throws: DatabaseError.self) { try await database.run("insert into b values (1)") }
        #expect(alone?.reason == .rejected(.foreignKeyViolation, constraint: "b_a"))
        #expect(try await database.first("select count(*) from b", as: Int.self) == 0)
    }

    @Test("whose connection breaks during commit says that nobody knows")
    func commitUnknown() async throws {
        let database = try await counter()
        try await database.run(
            script: """
                create function die() returns trigger language plpgsql as
                'begin perform pg_terminate_backend(pg_backend_pid()); return null; end';
                create constraint trigger die after update on counter deferrable initially deferred
                for each row execute function die()
                """)
        let error = await #expect(throws: DatabaseError.self) {
            try await database.transaction { try await $0.run("update counter set value = 1") }
        }
        #expect(error?.reason == .commitUnknown)
        #expect(error?.isTransient == false)
        let alone = await #expect(throws: DatabaseError.self) { try await database.run("update counter set value = 1") }
        #expect(alone?.reason == .commitUnknown)
        #expect(try await database.first("select value from counter", as: Int.self) == 0)
    }

    @Test("whose connection breaks before commit has certainly done nothing")
    func brokenBefore() async throws {
        let database = try await counter()
        let error = await #expect(throws: DatabaseError.self) {
            try await database.transaction { transaction in
                try await transaction.run("update counter set value = 1")
                try await transaction.run("select pg_terminate_backend(pg_backend_pid())")
            }
        }
        #expect(error?.reason == .unreachable)
        let report = error?.report ?? ""
        #expect(report.contains("terminating connection due to administrator command"))
        let reading = await #expect(throws: DatabaseError.self) {
            try await database.first("select pg_terminate_backend(pg_backend_pid())", as: Bool.self)
        }
        #expect(reading?.reason == .unreachable)
        #expect(try await database.first("select value from counter", as: Int.self) == 0)
    }
}
