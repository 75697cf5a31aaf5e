import Moments
import Postgres
import PostgresTestSupport
import Testing

@Suite("A copy", .database, .timeLimit(.minutes(5)))
struct CopyTests {
    private struct GivenUp: Error {}

    private func notes() async throws -> Database {
        let database = try TestDatabase.current
        try await database.run(
            script: "create table note (id bigint primary key, text text, at timestamptz, tags text[])")
        return database
    }

    @Test("of rows into a table stores values of each type, and NULL, as they were")
    func rows() async throws {
        let database = try await notes()
        let moment = try #require(Moment(rfc3339: "2024-02-29T23:59:59.999999Z"))
        let count = try await database.transaction { transaction in
            transaction.later("insert into note (id) values (1)")
            return try await transaction.copy(into: "note (id, text, at, tags)") { rows in
                try await rows.append(2, "a\tb\\N\n\u{1F600}", moment, ["x", ""])
                try await rows.append(Int64(3), String?.none, Moment?.none, [String?]([nil, "y"]))
            }
        }
        #expect(count == 2)
        let stored = try await database.all(
            "select id, text, at, tags from note order by id", as: (Int, String?, Moment?, [String?]?).self)
        try #require(stored.count == 3)
        #expect(stored[0] == (1, nil, nil, nil))
        #expect(stored[1] == (2, "a\tb\\N\n\u{1F600}", moment, ["x", ""]))
        #expect(stored[2] == (3, nil, nil, [nil, "y"]))
    }

    @Test("of none at all is one of no rows")
    func none() async throws {
        let database = try await notes()
        let counts = try await database.transaction { transaction in
            let first = try await transaction.copy(into: "note (id)") { _ in }
            let other = try await transaction.copyOut("copy note to stdout") { _ in Issue.record("there is nothing") }
            return [first, other]
        }
        #expect(counts == [0, 0])
    }

    @Test("of a quarter of a million rows goes in and out again, whole rows at a time")
    func many() async throws {
        let database = try await notes()
        let count = 250_000
        var lines = 0
        var longest = 0
        let copied = try await database.transaction { transaction in
            let before = try await transaction.copy(into: "note (id, text)") { rows in
                for number in 0..<count { try await rows.append(number, "note \(number)") }
            }
            let after = try await transaction.copyOut("copy (select id, text from note) to stdout (format csv)") {
                bytes in
                #expect(bytes.last == 0x0A)
                longest = max(longest, bytes.count)
                lines += bytes.count { $0 == 0x0A }
            }
            return (before, after)
        }
        #expect(copied == (count, count))
        #expect(lines == count)
        #expect(longest < 100_000)
        #expect(try await database.first("select count(*) from note where text = 'note ' || id", as: Int.self) == count)
    }

    @Test("of text in any format goes in, cut anywhere")
    func text() async throws {
        let database = try await notes()
        let csv = Array("id,text\n1,\"a, \"\"b\"\"\"\n2,\n".utf8)
        let count = try await database.transaction { transaction in
            try await transaction.copyIn("copy note (id, text) from stdin (format csv, header)") { data in
                for byte in csv { try await data.append([byte]) }
            }
        }
        #expect(count == 2)
        let stored = try await database.all("select text from note order by id", as: String?.self)
        #expect(stored == ["a, \"b\"", nil])
    }

    @Test("that its own task gives up leaves nothing behind and a connection that is of use")
    func givenUp() async throws {
        let database = try TestDatabase.own.open { $0.poolSize = 1 }
        try await database.run(script: "create table note (id bigint)")
        let process = try await database.first("select pg_backend_pid()", as: Int.self)
        await #expect(throws: GivenUp.self) {
            try await database.transaction { transaction in
                try await transaction.copy(into: "note (id)") { rows in
                    for number in 0..<100_000 { try await rows.append(number) }
                    throw GivenUp()
                }
            }
        }
        await #expect(throws: GivenUp.self) {
            try await database.transaction { transaction in
                try await transaction.copyOut("copy (select generate_series(1, 10000000)) to stdout") { _ in
                    throw GivenUp()
                }
            }
        }
        let after = try await database.first("select count(*), pg_backend_pid() from note", as: (Int, Int).self)
        #expect(try #require(after) == (0, try #require(process)))
        await database.close()
    }

    @Test("that the server refuses says why and where")
    func refused() async throws {
        let database = try await notes()
        let error = await #expect(throws: DatabaseError.self) {
            try await database.transaction { transaction in
                try await transaction.copy(into: "note (id)") { rows in
                    for number in [1, 2, 1] { try await rows.append(number) }
                }
            }
        }
        #expect(error?.constraint == "note_pkey")
        #expect(error?.origin.hasPrefix("PostgresTests/CopyTests.swift:") == true)
        let otherType = await #expect(throws: DatabaseError.self) {
            try await database.transaction { transaction in
                try await transaction.copy(into: "note (id)") { rows in try await rows.append(Int16(1)) }
            }
        }
        #expect(otherType?.sqlState == .protocolViolation, "the server takes it for a value cut short")
        #expect(otherType?.isTransient == false)
        let middle = await #expect(throws: DatabaseError.self) {
            try await database.transaction { transaction in
                try await transaction.copyOut("copy (select 1 / (3 - n) from generate_series(1, 5) n) to stdout") {
                    _ in
                }
            }
        }
        #expect(middle?.sqlState == SQLState(rawValue: "22012"))
        #expect(try await database.first("select count(*) from note", as: Int.self) == 0)
    }

    @Test(
        "that is none, or goes the other way, or takes values, is refused",
        arguments: [
            "select 1", "insert into note values (1)", "copy note to stdout", "copy note from stdin where id = \(1)",
        ] as [SQL])
    func misused(statement: SQL) async throws {
        let database = try await notes()
        let error = await #expect(throws: DatabaseError.self) {
            try await database.transaction { transaction in
                try await transaction.copyIn(statement) { _ in Issue.record("there is nothing to copy") }
            }
        }
        #expect(error?.reason == .misused)
        #expect(try await database.first("select count(*) from note", as: Int.self) == 0)
    }

    @Test("has its transaction to itself meanwhile")
    func alone() async throws {
        let database = try await notes()
        let error = await #expect(throws: DatabaseError.self) {
            try await database.transaction { transaction in
                try await transaction.copyOut("copy (select 1) to stdout") { _ in
                    try await transaction.run("select 2")
                }
            }
        }
        #expect(error?.reason == .misused)
    }

    @Test("ends with its task, in either direction", arguments: [true, false])
    func cancelled(isOut: Bool) async throws {
        let database = try await notes()
        let (begun, signal) = AsyncStream<Void>.makeStream()
        // Safe: the test waits for it.
        let task = Task {
            try await database.transaction { transaction in
                if isOut {
                    try await transaction.copyOut("copy (select generate_series(1, 1000000000)) to stdout") { _ in
                        signal.yield()
                    }
                } else {
                    try await transaction.copy(into: "note (id)") { rows in
                        for number in 0... {
                            try await rows.append(number)
                            if number == 100_000 { signal.yield() }
                        }
                    }
                }
            }
        }
        for await _ in begun.prefix(1) {}
        task.cancel()
        let error = await #expect(throws: DatabaseError.self) { try await task.value }
        #expect(error?.reason == .cancelled)
        #expect(try await database.first("select count(*) from note", as: Int.self) == 0)
    }

    @Test("of which the server loses the session fails, and hangs nobody", arguments: [true, false])
    func lost(isOut: Bool) async throws {
        let observer = try TestDatabase.current
        let database = try await notes()
        let error = await #expect(throws: DatabaseError.self) {
            try await database.transaction { transaction in
                let own = try await transaction.first("select pg_backend_pid()", as: Int.self) ?? 0
                if isOut {
                    try await transaction.copyOut("copy (select generate_series(1, 1000000000)) to stdout") { _ in
                        try await observer.run("select pg_terminate_backend(\(own)::int)")
                    }
                } else {
                    try await transaction.copy(into: "note (id)") { rows in
                        try await observer.run("select pg_terminate_backend(\(own)::int)")
                        for number in 0..<1_000_000 { try await rows.append(number) }
                    }
                }
            }
        }
        #expect(error?.reason == .unreachable)
    }
}
