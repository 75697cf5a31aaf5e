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

    @Test("sends what needs no answer with the next statement or the commit, in the order of the calls")
    func later() async throws {
        let database = try await account()
        let seen = try await database.transaction { transaction in
            transaction.later("insert into account values ('a', 1)")
            transaction.later("update account set amount = 5 where name = 'a'")
            let seen = try await transaction.first("select amount from account", as: Int.self)
            transaction.later("insert into account values ('b', 2)")
            return seen
        }
        #expect(seen == 5)
        try await database.transaction { transaction in transaction.later("delete from account where name = 'a'") }
        #expect(try await database.all("select name from account", as: String.self) == ["b"])
    }

    @Test("names the place of a statement that was sent later and refused, and leaves nothing behind")
    func laterRefused() async throws {
        let database = try await account()
        let line: UInt = #line + 6
        var refusal: DatabaseError?
        do {
            try await database.transaction { transaction in
                try await transaction.run("insert into account values ('a', 1)")
                transaction.later("select 1")
                transaction.later("insert into account values ('b', -1)")
                transaction.later("insert into account values ('c', 1)")
            }
        } catch let error as DatabaseError {
            refusal = error
        }
        #expect(refusal?.sqlState == .checkViolation)
        #expect(refusal?.origin.hasSuffix(":\(line)") == true, "\(refusal?.origin ?? "")")
        #expect(try await database.first("select count(*) from account", as: Int.self) == 0)
        #expect(try await database.first("select 1", as: Int.self) == 1, "and the connection is of use again")
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
