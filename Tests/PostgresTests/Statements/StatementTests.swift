import Postgres
import PostgresTestSupport
import Testing

@Suite("Statements", .database, .timeLimit(.minutes(5)))
struct StatementTests {
    @Test("of a pipeline answer one by one, with counts and typed rows")
    func pipeline() async throws {
        let database = try TestDatabase.current
        try await database.run(script: "create table job (id int generated always as identity, kind text)")
        let answers = try await database.pipeline([
            "insert into job (kind) values (\("a")), (\("b"))",
            "update job set kind = \("c") where kind = \("a")",
            "select id, kind from job order by id",
            "select count(*) from job where kind = any(\(["c", "b"]))",
        ])
        #expect(answers.map(\.affectedRows) == [2, 1, 2, 1])
        let rows = try answers[2].rows(as: (Int, String).self)
        #expect(rows.map(\.0) == [1, 2])
        #expect(rows.map(\.1) == ["c", "b"])
        #expect(try answers[3].first(as: Int.self) == 2)
        #expect(try await database.pipeline([]).isEmpty)
    }

    @Test("of a pipeline are done all or none")
    func pipelineIsAtomic() async throws {
        let database = try TestDatabase.current
        try await database.run(script: "create table job (id int primary key)")
        let error = await #expect(throws: DatabaseError.self) {
            try await database.pipeline([
                "insert into job values (1)", "insert into job values (1)", "insert into job values (2)",
            ])
        }
        #expect(error?.sqlState == .uniqueViolation)
        #expect(try await database.first("select count(*) from job", as: Int.self) == 0)
    }

    @Test("may carry much in both directions at the same time")
    func muchBothWays() async throws {
        let database = try TestDatabase.current
        let text = String(repeating: "x", count: 100_000)
        let answers = try await database.pipeline((0..<200).map { "select \($0), \(text)" })
        for (index, answer) in answers.enumerated() {
            let row = try #require(try answer.first(as: (Int, String).self))
            #expect(row.0 == index && row.1.utf8.count == text.utf8.count)
        }
    }

    @Test("work without being prepared", arguments: [true, false])
    func unprepared(prepares: Bool) async throws {
        let database = try TestDatabase.own.open {
            $0.usesPreparedStatements = prepares
            $0.poolSize = 1
        }
        for number in 0..<3 {
            #expect(try await database.first("select \(number)", as: Int.self) == number)
        }
        let prepared = try await database.first("select count(*) from pg_prepared_statements", as: Int.self)
        #expect(prepared == (prepares ? 2 : 0))
        await database.close()
    }

    @Test("of ever other text do not pile up on the server")
    func manyTexts() async throws {
        let database = try TestDatabase.own.open { $0.poolSize = 1 }
        for number in 0..<600 {
            try await database.run(SQL(trusted: "select \(number)"))
        }
        let prepared = try await database.first("select count(*) from pg_prepared_statements", as: Int.self)
        #expect(try #require(prepared) <= 257)
        await database.close()
    }

    @Test("that were prepared before their table changed work again after one refusal")
    func tableChanges() async throws {
        let database = try TestDatabase.own.open { $0.poolSize = 1 }
        try await database.run(script: "create table site (code text); insert into site values ('OSL')")
        #expect(try await database.all("select code from site", as: String.self) == ["OSL"])
        try await database.run(script: "alter table site alter code type varchar(5)")
        _ = try? await database.all("select code from site", as: String.self)
        #expect(try await database.all("select code from site", as: String.self) == ["OSL"])
        await database.close()
    }

    @Test("end at the time that they are given, alone and in a transaction")
    func timeout() async throws {
        let database = try TestDatabase.own.open { $0.statementTimeout = .milliseconds(20) }
        let alone = await #expect(throws: DatabaseError.self) { try await database.run("select pg_sleep(60)") }
        #expect(alone?.sqlState == .queryCancelled)
        let inside = await #expect(throws: DatabaseError.self) {
            try await database.transaction { try await $0.run("select pg_sleep(60)") }
        }
        #expect(inside?.sqlState == .queryCancelled)
        #expect(try await database.first("select 1", as: Int.self) == 1)
        await database.close()
    }

    @Test("of a script run together, and an error undoes them all")
    func script() async throws {
        let database = try TestDatabase.current
        try await database.run(script: "create table a (x int); insert into a values (1); insert into a values (2);")
        #expect(try await database.first("select count(*) from a", as: Int.self) == 2)
        let error = await #expect(throws: DatabaseError.self) {
            try await database.run(script: "insert into a values (3); select 1/0; insert into a values (4)")
        }
        #expect(error?.sqlState == SQLState(rawValue: "22012"))
        #expect(try await database.first("select count(*) from a", as: Int.self) == 2)
        let copy = await #expect(throws: DatabaseError.self) { try await database.run(script: "copy a from stdin") }
        #expect(copy?.reason == .misused)
        #expect(try await database.first("select count(*) from a", as: Int.self) == 2)
    }

    private struct Number: PostgresRow {
        let value: Int
        static let columns = "n"

        init(from row: inout RowReader) throws(UndecodableColumn) {
            value = try row.read()
        }
    }

    @Test("with large answers hand out their rows one by one", arguments: [0, 1, 99, 100, 101, 1_000])
    func cursor(count: Int) async throws {
        let sum = try await TestDatabase.current.transaction(readOnly: true) { transaction in
            var sum = 0
            for _ in 1...2 {
                try await transaction.each("select generate_series(1, \(count)) n" as Query<Number>, batch: 100) {
                    sum += $0.value
                }
            }
            return sum
        }
        #expect(sum == count * (count + 1))
    }

    @Test("with large answers may be read inside one another, and after one that was given up")
    func nestedCursors() async throws {
        struct GivenUp: Error {}
        let pairs = try await TestDatabase.current.transaction { transaction in
            var pairs = 0
            let numbers: Query<Number> = "select generate_series(1, 5) n"
            await #expect(throws: GivenUp.self) {
                try await transaction.each(numbers, batch: 2) { _ in throw GivenUp() }
            }
            try await transaction.each(numbers, batch: 2) { _ in
                try await transaction.each(numbers, batch: 2) { _ in pairs += 1 }
            }
            return pairs
        }
        #expect(pairs == 25)
    }
}
