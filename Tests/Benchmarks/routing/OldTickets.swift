import BenchmarkSupport
import LocalCluster
import Postgres

/// Millions of tickets that were closed long ago, written in minutes: without looking after indexes and references
/// while the rows come in, and without waiting for the disk.
struct OldTickets {
    let templates: Templates
    let database: Database
    let perCopy: Int

    /// As many at a time as take a second or two.
    private static let batch = 250
    private static let tables: SQL = """
        (select inhrelid from pg_inherits where inhparent = 'event'::regclass
            union all select unnest(\(Templates.tables))::regclass)
        """

    /// - Parameter count: how many; the first one was opened so long ago that the last one was opened just now.
    func write(_ count: Int, from first: Int) async throws {
        let copies = count / perCopy
        let age: SQL = "\(first + copies) * \(Templates.pause)"
        for month in 0...37 {
            try await database.run(
                "select make_event_partition((current_date - \(month) * interval '1 month')::date)")
        }
        try await setDurability(to: "off")
        try await database.run("update pg_index set indisready = false where indrelid in \(Self.tables)")
        let batches = stride(from: first, to: first + copies, by: Self.batch).map {
            $0..<min($0 + Self.batch, first + copies)
        }
        try await eachInTurn(batches) { batch in
            try await database.transaction(settings: [("session_replication_role", "replica")]) {
                (transaction: borrowing Transaction) in
                for table in Templates.tables {
                    transaction.later(templates.copy(batch, into: table, age: age))
                }
            }
        }
        Benchmark.say("making their indexes")
        let tables = try await database.all("select t::regclass::text from \(Self.tables) k (t)", as: String.self)
        try await eachInTurn(tables) { try await database.run(script: "reindex table \($0)") }
        try await eachInTurn(tables) { try await database.run(script: "vacuum (analyze) \($0)") }
        try await database.run(script: "analyze event")
        try await setDurability(to: "on")
    }

    /// Two at a time, as there are two cores on a small machine.
    private func eachInTurn<Item: Sendable>(
        _ items: [Item], _ body: @escaping @Sendable (Item) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, item) in items.enumerated() {
                if number >= 2 { try await group.next() }
                group.addTask { try await body(item) }
            }
            try await group.waitForAll()
        }
    }

    private func setDurability(to word: String) async throws {
        try await database.run(script: "alter system set fsync = \(word)")
        try await database.run(script: "select pg_reload_conf()")
        try await database.run(script: "checkpoint")
    }
}
