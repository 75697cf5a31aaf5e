import Postgres
import PostgresTestSupport
import Testing

@Suite("A transaction", .database)
struct TransactionTests {
    private struct Refusal: Error {}

    private func account() async throws -> Database {
        let database = try TestDatabase.current
        try await database.run(script: "create table account (name text primary key, amount int check (amount >= 0))")
        return database
    }

    @Test("is committed when its body returns")
    func commits() async throws {
        let database = try await account()
        let count = try await database.transaction { transaction in
            try await transaction.run("insert into account values ('a', 1), ('b', 2)")
        }
        #expect(count == 2)
        #expect(try await database.first("select sum(amount) from account", as: Int.self) == 3)
    }

    @Test("leaves nothing behind when its body throws, and throws that")
    func rollsBack() async throws {
        let database = try await account()
        await #expect(throws: Refusal.self) {
            try await database.transaction { transaction in
                try await transaction.run("insert into account values ('a', 1)")
                throw Refusal()
            }
        }
        #expect(try await database.first("select count(*) from account", as: Int.self) == 0)
    }

    @Test("in which a statement failed is not taken for committed, even if its body goes on")
    func failedIsNotCommitted() async throws {
        let database = try await account()
        let error = await #expect(throws: DatabaseError.self) {
            try await database.transaction { transaction in
                try await transaction.run("insert into account values ('a', 1)")
                _ = try? await transaction.run("insert into account values ('b', -1)")
            }
        }
        #expect(error?.sqlState == .failedTransaction)
        #expect(try await database.first("select count(*) from account", as: Int.self) == 0)
    }

    @Test("has its settings until its end and no longer")
    func settings() async throws {
        let database = try TestDatabase.current
        let inside = try await database.transaction(settings: [("desk.scope", "1,2"), ("desk.who", "it's me")]) {
            transaction in
            try await transaction.first(
                "select current_setting('desk.scope'), current_setting('desk.who')", as: (String, String).self)
        }
        #expect(inside?.0 == "1,2")
        #expect(inside?.1 == "it's me")
        #expect(try await database.first("select current_setting('desk.scope', true)", as: String?.self) == "")
    }
}
