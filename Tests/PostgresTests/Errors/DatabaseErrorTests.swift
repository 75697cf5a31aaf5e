import Postgres
import PostgresTestSupport
import Testing

@Suite("An error of the database", .database)
struct DatabaseErrorTests {
    /// What `#expect(throws:)` would catch; but inside of a macro the compiler counts lines in another way.
    private func failure(of body: () async throws -> Int) async -> DatabaseError? {
        do {
            _ = try await body()
            return nil
        } catch {
            return error as? DatabaseError
        }
    }

    @Test("names code, constraint, table and the place of the call")
    func names() async throws {
        let database = try TestDatabase.current
        try await database.run(script: "create table site (code text constraint site_code primary key)")
        try await database.run("insert into site values ('OSL')")
        let line: UInt = #line + 1
        let error = await failure { try await database.run("insert into site values (\("OSL"))") }
        let refused = try #require(error)
        #expect(refused.reason == .rejected(.uniqueViolation, constraint: "site_code"))
        #expect(refused.table == "site")
        #expect(refused.origin == "PostgresTests/DatabaseErrorTests.swift:\(line)")
        #expect(refused.report.contains("duplicate key value"))
        #expect(!refused.isTransient)
        #expect("\(refused)".contains("the database refused (23505, constraint site_code)"))
    }

    @Test("in a transaction names the statement's own place")
    func placeInTransaction() async throws {
        let database = try TestDatabase.current
        let line: UInt = #line + 3
        let error = await failure {
            try await database.transaction { transaction in
                try await transaction.run("select nonsense")
            }
        }
        #expect(error?.sqlState == .undefinedColumn)
        #expect(error?.origin == "PostgresTests/DatabaseErrorTests.swift:\(line)")
    }

    @Test("tells what may pass by itself from what will not")
    func transience() {
        let place = CallSite()
        let passing: [DatabaseError.Reason] = [
            .unreachable, .exhausted, .rejected(.serializationFailure, constraint: nil),
            .rejected(.administratorShutdown, constraint: nil), .rejected(.connectionFailure, constraint: nil),
        ]
        for reason in passing { #expect(DatabaseError(reason, at: place).isTransient, "\(reason)") }
        let lasting: [DatabaseError.Reason] = [
            .commitUnknown, .cancelled, .misused, .rejected(.syntaxError, constraint: nil),
        ]
        for reason in lasting { #expect(!DatabaseError(reason, at: place).isTransient, "\(reason)") }
    }

    @Test(
        "is told of a statement that cannot be sent, and the connection goes on",
        arguments: [
            ("select 1\u{0}", 0), ("select 1 where 1 in (", 70_000),
        ])
    func cannotBeSent(text: String, parameters: Int) async throws {
        let database = try TestDatabase.current
        let list = (0..<parameters).map { "\($0)" as SQL }.joined(separator: ",")
        let statement = SQL(trusted: text) + list
        let error = await #expect(throws: DatabaseError.self) { try await database.run(statement) }
        #expect(error?.reason == .misused)
        #expect(try await database.first("select 1", as: Int.self) == 1)
    }

    @Test(
        "text of a stranger stays data",
        arguments: [
            "'; drop table ticket; --", "$1", "\\", "a'b\"c", "%'; select pg_sleep(10); --",
        ])
    func injection(text: String) async throws {
        let database = try TestDatabase.current
        try await database.run(script: "create table ticket (subject text)")
        try await database.run("insert into ticket values (\(text))")
        #expect(try await database.all("select subject from ticket", as: String.self) == [text])
        let found = try await database.first(
            "select count(*) from ticket where \(identifier: "subject") = \(text + "x")", as: Int.self)
        #expect(found == 0)
    }

    @Test("text with a zero byte, which PostgreSQL cannot hold, is refused")
    func zeroByte() async throws {
        let database = try TestDatabase.current
        let error = await #expect(throws: DatabaseError.self) {
            try await database.first("select \("a\u{0}b")", as: String.self)
        }
        #expect(error?.sqlState == .characterNotInRepertoire)
    }
}
