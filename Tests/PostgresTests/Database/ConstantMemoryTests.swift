import Foundation
import Postgres
import PostgresTestSupport
import Testing

@Suite("An answer that is larger than memory should be", .database, .timeLimit(.minutes(5)), .serialized)
struct ConstantMemoryTests {
    private struct Line: PostgresRow {
        static let columns = "n, text"

        let number: Int
        let text: String

        init(from row: inout RowReader) throws(UndecodableColumn) {
            number = try row.read()
            text = try row.read()
        }
    }

    /// A hundred thousand rows of a thousand bytes.
    private static let answer = """
        select n, lpad(n::text, 1000) as text from generate_series(1, 100000) n
        """

    /// What the process has in memory of its own. Other tests run beside these, and none of them takes so much.
    private func memory() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let kilobytes = try #require(text.firstMatch(of: /RssAnon:\s+(\d+) kB/)?.1)
        return try #require(Int(kilobytes)) * 1024
    }

    @Test("is handed out row by row")
    func rows() async throws {
        let before = try memory()
        var (count, most) = (0, 0)
        try await TestDatabase.current.transaction { transaction in
            try await transaction.each("\(SQL(trusted: Self.answer))" as Query<Line>) { line in
                count += 1
                #expect(line.text.count == 1000 && line.number == count)
                if count % 1000 == 0 { most = max(most, try memory() - before) }
            }
        }
        #expect(count == 100_000)
        #expect(most < 90_000_000, "of 100 MB, \(most) bytes were held")
    }

    @Test("is copied while the server waits for whoever takes it")
    func copied() async throws {
        let observer = try TestDatabase.current
        let before = try memory()
        var (bytes, most, isStuck) = (0, 0, false)
        try await observer.transaction { transaction in
            let own = try await transaction.first("select pg_backend_pid()", as: Int.self) ?? 0
            try await transaction.copyOut("copy (\(SQL(trusted: Self.answer))) to stdout") { chunk in
                bytes += chunk.count
                if bytes > 1_000_000, !isStuck {
                    try await Self.untilStuck(own, in: observer)
                    isStuck = true
                }
                most = max(most, try memory() - before)
            }
        }
        #expect(bytes > 100_000_000 && isStuck)
        #expect(most < 90_000_000, "of 100 MB, \(most) bytes were held")
    }

    /// Waits until the server can send no more. One that is read from cannot either for a moment now and then, but not
    /// at each of a hundred looks.
    private static func untilStuck(_ process: Int, in observer: Database) async throws {
        let query: SQL = "select wait_event = 'ClientWrite' from pg_stat_activity where pid = \(process)"
        var looks = 0
        while looks < 100 {
            looks = try await observer.first(query, as: Bool?.self) == true ? looks + 1 : 0
            try await observer.nap()
        }
    }
}
