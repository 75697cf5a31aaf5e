import Moments
import Postgres
import PostgresTestSupport
import Testing

@Suite("Reading what the server computes", .database)
struct ReadingTests {
    private static let numerics = [
        ("0", "0"), ("1", "1"), ("-1", "-1"), ("10000", "10000"), ("99999999999999999999", "99999999999999999999"),
        ("0.5", "0.5"), ("-0.0001", "-0.0001"), ("12345.678900", "12345.678900"), ("1e20", "100000000000000000000"),
        ("0.00000000012", "0.00000000012"), ("100000000.00010002", "100000000.00010002"), ("NaN", "NaN"),
        ("Infinity", "Infinity"), ("-Infinity", "-Infinity"),
    ]

    @Test("a numeric reads as its decimal form", arguments: numerics)
    func numeric(written: String, read: String) async throws {
        let database = try TestDatabase.current
        #expect(try await database.first("select \(written)::numeric", as: String.self) == read)
        let byServer = try await database.first("select \(written)::numeric::text", as: String.self)
        #expect(byServer == read)
    }

    @Test("sums and averages read as numbers, and never lose a part silently")
    func sums() async throws {
        let database = try TestDatabase.current
        #expect(try await database.first("select sum(x) from (values (1::bigint), (2)) v(x)", as: Int.self) == 3)
        #expect(try await database.first("select 10000000.00::numeric", as: Int.self) == 10_000_000)
        #expect(try await database.first("select avg(x) from (values (1), (2)) v(x)", as: Double.self) == 1.5)
        await #expect(throws: DatabaseError.self) { try await database.first("select 1.5", as: Int.self) }
        await #expect(throws: DatabaseError.self) { try await database.first("select 70000", as: Int16.self) }
        await #expect(throws: DatabaseError.self) { try await database.first("select 2^63::numeric", as: Int.self) }
    }

    @Test("whole numbers of any width read as any that holds them")
    func widths() async throws {
        let row = try await TestDatabase.current.first(
            "select 1::int2, 2::int4, 3::int8, 4::oid, '5'::xid8", as: (Int, Int64, Int16, Int, Int64).self)
        #expect(try #require(row) == (1, 2, 3, 4, 5))
    }

    @Test("text types, names and enumerations of the database read as text")
    func texts() async throws {
        let database = try TestDatabase.current
        try await database.run(script: "create type mood as enum ('calm')")
        let row = try await database.first(
            "select 'a'::varchar, 'b'::char(3), 'c'::name, 'calm'::mood, array['calm'::mood]",
            as: (String, String, String, String, [String]).self)
        #expect(try #require(row) == ("a", "b  ", "c", "calm", ["calm"]))
    }

    @Test("a type that would be misread is refused with what to do")
    func mismatch() async throws {
        let error = await #expect(throws: DatabaseError.self) {
            try await TestDatabase.current.first("select now() as moment", as: String.self)
        }
        let text = "Column 1 (moment) is of timestamptz, which String does not read; cast it in the query."
        #expect("\(try #require(error))".contains(text))
    }

    @Test("NULL where a value is expected names the column")
    func unexpectedNull() async throws {
        let error = await #expect(throws: DatabaseError.self) {
            try await TestDatabase.current.first("select 1, null::text as subject", as: (Int, String).self)
        }
        guard case .undecodable(let column) = error?.reason else {
            Issue.record("\(String(describing: error)) is another error")
            return
        }
        #expect(column.description == "Column 2 (subject) is NULL, which was not expected here.")
    }

    private struct Site: PostgresRow, Equatable {
        let code: String
        let opened: Moment?

        static let columns = "code, opened"

        init(code: String, opened: Moment?) {
            self.code = code
            self.opened = opened
        }

        init(from row: inout RowReader) throws(UndecodableColumn) {
            code = try row.read()
            opened = try row.read()
        }
    }

    @Test("a row type reads its columns, and says so when query and type have come apart")
    func rows() async throws {
        let database = try TestDatabase.current
        let query: Query<Site> = "select \(columns: Site.self) from (values ('OSL', null::timestamptz)) s(code, opened)"
        #expect(try await database.all(query) == [Site(code: "OSL", opened: nil)])
        let tooMany = await #expect(throws: DatabaseError.self) {
            try await database.all("select 'OSL', null::timestamptz, 3 as extra" as Query<Site>)
        }
        #expect("\(try #require(tooMany))".contains("Column 3 (extra) was answered but not read"))
        let tooFew = await #expect(throws: DatabaseError.self) {
            try await database.all("select 'OSL'" as Query<Site>)
        }
        #expect("\(try #require(tooFew))".contains("the row has only 1 columns"))
    }
}
