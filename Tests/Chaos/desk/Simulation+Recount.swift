import DeskStore
import Postgres
import Reporting

/// The figures are derived from the log: counted anew from its beginning, they are the same.
extension Simulation {
    func checkRecount() async throws {
        let tables = try await world.operators.database.all(
            """
            select relname::text from pg_class
            where relkind = 'r' and relname like 'figure\\_%' and relname <> 'figure_cursor' order by 1
            """, as: String.self)
        let counted = try await digests(of: tables)
        try await world.operators.database.run("update figure_cursor set transaction = '0', event = 0")
        let start = ContinuousClock.now
        while try await world.figures.fold() > 0 {}
        let time = ContinuousClock.now - start
        for (table, digest) in try await digests(of: tables) where counted[table] != digest {
            fail("figures that are counted anew are the same", about: table, "they differ")
        }
        let events = try await world.operators.database.first("select count(*) from event", as: Int.self) ?? 0
        DeskChaos.say("\(acknowledged.count) tickets with \(events) events were counted anew in \(time)")
    }

    private func digests(of tables: [String]) async throws -> [String: String] {
        var digests: [String: String] = [:]
        for table in tables {
            digests[table] = try await world.operators.database.first(
                "select md5(coalesce(string_agg(f::text, ',' order by f::text), '')) from \(identifier: table) f",
                as: String.self)
        }
        return digests
    }
}
