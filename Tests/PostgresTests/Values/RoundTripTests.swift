import FoundationEssentials
import Moments
import Postgres
import PostgresTestSupport
import Testing

@Suite("A value comes back from the server as it was sent", .database)
struct RoundTripTests {
    private func expectSame<Value: PostgresValue & Equatable>(
        _ values: [Value], location: SourceLocation = #_sourceLocation
    ) async throws {
        let database = try TestDatabase.current
        for value in values {
            let answer = try await database.first("select \(value)", as: Value.self)
            #expect(answer == .some(value), sourceLocation: location)
        }
        let all = try await database.first("select \(values)", as: [Value].self)
        #expect(all == values, sourceLocation: location)
    }

    @Test("whole numbers, to both ends of their range")
    func wholeNumbers() async throws {
        try await expectSame([Int.min, -1, 0, 1, Int.max])
        try await expectSame([Int64.min, 0, Int64.max])
        try await expectSame([Int32.min, 0, Int32.max])
        try await expectSame([Int16.min, 0, Int16.max])
    }

    @Test("truth values and floating-point numbers, to the last bit")
    func floatingPoint() async throws {
        try await expectSame([true, false])
        try await expectSame([0.1, -0.0, 1.0 / 3, .greatestFiniteMagnitude, .leastNonzeroMagnitude, .infinity])
        let nothing = try await TestDatabase.current.first("select \(Double.nan)", as: Double.self)
        #expect(nothing?.isNaN == true)
    }

    @Test("text of every script, of every sign that SQL knows, and long")
    func text() async throws {
        try await expectSame([
            "", "plain", "Zażółć gęślą jaźń", "日本語 🇳🇴 👩‍👩‍👧", "it's \"quoted\"", "back\\slash", "a,b{c}", "NULL",
            "null", "$1", "%s", "'; drop table x; --", "\n\t\r\u{1}", String(repeating: "ø", count: 2_000_000),
        ])
    }

    @Test("bytes of every value, and none")
    func bytes() async throws {
        let database = try TestDatabase.current
        for bytes in [[], [UInt8](0...255), [UInt8](repeating: 0, count: 3_000_000)] {
            #expect(try await database.first("select \(bytes)", as: [UInt8].self) == bytes)
        }
    }

    @Test("moments to the microsecond, whatever zone the session has")
    func moments() async throws {
        let moments = [
            0, 1, -1, 999_999, 1_700_000_000_123_456, -62_135_596_800_000_000, 946_684_800_000_000,
            253_402_300_799_999_999, -210_000_000_000_000_000,
        ].map(Moment.init(microseconds:))
        try await expectSame(moments)
        let text = try await TestDatabase.current.transaction(settings: [("timezone", "Asia/Kathmandu")]) {
            try await $0.first("select \(Moment(microseconds: 1_700_000_000_123_456))::text", as: String.self)
        }
        #expect(text == "2023-11-15 03:58:20.123456+05:45")
    }

    @Test("a moment that PostgreSQL cannot hold is refused, not bent")
    func momentOutOfRange() async throws {
        let database = try TestDatabase.current
        let error = await #expect(throws: DatabaseError.self) {
            try await database.first("select \(Moment(microseconds: .min))", as: Moment.self)
        }
        #expect(error?.sqlState == SQLState(rawValue: "22008"))
        let infinite = await #expect(throws: DatabaseError.self) {
            try await database.first("select 'infinity'::timestamptz", as: Moment.self)
        }
        #expect("\(try #require(infinite))".contains("Column 1 (timestamptz) is infinite"))
    }

    @Test("durations to the microsecond")
    func durations() async throws {
        try await expectSame([Duration.zero, .microseconds(1), .seconds(-90), .seconds(86_400 * 400)])
        let day = try await TestDatabase.current.first("select interval '1 day 1 hour'", as: Duration.self)
        #expect(day == .seconds(25 * 3_600))
    }

    @Test("identities and JSON")
    func identitiesAndJSON() async throws {
        try await expectSame([UUID(), UUID()])
        try await expectSame([JSONText("{\"a\": [1, null, \"ø\"]}"), JSONText("null")])
        let database = try TestDatabase.current
        #expect(try await database.first("select '{\"b\":1}'::json", as: JSONText.self)?.text == "{\"b\":1}")
        #expect(try await database.first("select \(JSONText("{\"b\":1}")) ->> 'b'", as: String.self) == "1")
    }

    @Test("NULL is nil, alone and in arrays")
    func nulls() async throws {
        try await expectSame([Int?.none, 7])
        try await expectSame([String?.none, "NULL", "", nil])
        try await expectSame([Moment?.none, Moment(microseconds: 5)])
        #expect(try await TestDatabase.current.first("select \(String?.none) is null", as: Bool.self) == true)
    }

    @Test("arrays that are empty, that have awkward elements, and that are long")
    func arrays() async throws {
        let database = try TestDatabase.current
        let awkward = ["", " ", "a,b", "\"", "\\", "{}", "NULL", "null", "'", "\n", "ø"]
        #expect(try await database.first("select \(awkward)", as: [String].self) == awkward)
        #expect(try await database.first("select \([Int]())", as: [Int].self) == [])
        #expect(try await database.first("select array_length(\([String]()), 1) is null", as: Bool.self) == true)
        let long = Array(0..<100_000)
        #expect(try await database.first("select \(long)", as: [Int].self) == long)
        #expect(try await database.first("select sum(x) from unnest(\(long)) x", as: Int.self) == 4_999_950_000)
        let found = try await database.all(
            "select x from generate_series(1, 10) x where x = any(\([3, 5, 99])) order by x", as: Int.self)
        #expect(found == [3, 5])
    }

    private enum Colour: String, PostgresValue {
        case red, green
    }

    @Test("enumerations by their raw value; one that is not known is an error with a name")
    func enumerations() async throws {
        try await expectSame([Colour.red, .green])
        let error = await #expect(throws: DatabaseError.self) {
            try await TestDatabase.current.first("select 'blue' as colour", as: Colour.self)
        }
        #expect("\(try #require(error))".contains("Column 1 (colour) holds \"blue\", which is no Colour."))
    }
}
