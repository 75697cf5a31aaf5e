import Postgres

/// Tickets as the desk's own code has made them, kept aside, to be copied where tickets are kept: rows as they are but
/// for their keys, and for their times where the copies are to be old.
struct Templates: Sendable {
    /// The schema in which they are kept aside.
    let name: String
    private let columns: [Column]

    struct Column: Sendable {
        let table: String
        let name: String
        let type: String
    }

    /// The keys of copy `n` are `n * step` more than those of its template.
    static let step = 1000
    /// How far apart two old copies that follow one another were opened: fifty thousand fill three years.
    static let pause: SQL = "interval '30 minutes'"
    /// In the order in which their rows refer to one another.
    static let tables = ["ticket", "leg", "entry", "event", "clock", "clock_segment", "deadline", "ticket_access"]

    /// Keeps all tickets that there are aside, and leaves none.
    init(name: String, takingAllFrom database: Database) async throws {
        self.name = name
        // The log gives out the keys of its rows itself.
        columns = try await database.all(
            """
            select table_name::text, column_name::text, udt_name::text from information_schema.columns
            where table_schema = 'public' and table_name = any (\(Self.tables))
                and not (table_name = 'event' and column_name = 'id')
            order by 1, ordinal_position
            """, as: (String, String, String).self
        ).map { Column(table: $0.0, name: $0.1, type: $0.2) }
        try await database.run("create schema \(identifier: name)")
        for table in Self.tables {
            try await database.run(
                "create table \(identifier: name).\(identifier: table) as table public.\(identifier: table)")
        }
        try await database.run(
            script: "truncate ticket, jobs.job, jobs.finished cascade; analyze")
    }

    /// Writes copies of all templates into one table.
    ///
    /// - Parameter age: of the first copy; the others are younger by the pause. None where all are of the present.
    func copy(_ copies: Range<Int>, into table: String, age: SQL? = nil) -> SQL {
        let own = columns.filter { $0.table == table }
        let names = own.map { "\(identifier: $0.name)" as SQL }.joined(separator: ", ")
        let values = own.map { value(of: $0, from: copies.lowerBound, age: age) }.joined(separator: ", ")
        return """
            insert into \(identifier: table) (\(names)) select \(values)
            from generate_series(\(copies.lowerBound), \(copies.upperBound - 1)) n,
                \(identifier: name).\(identifier: table) t
            order by n
            """
    }

    private func value(of column: Column, from first: Int, age: SQL?) -> SQL {
        let old: SQL = "t.\(identifier: column.name)"
        switch (column.table, column.name, column.type) {
        case (_, "id", "int8"), (_, "ticket", "int8"), (_, "clock", "int8"): return "n * \(Self.step) + \(old)"
        case (_, _, "uuid"): return "gen_random_uuid()"
        case (_, "number", _): return "split_part(\(old), '-', 1) || '-' || (1000000 + n * \(Self.step) + t.id)"
        case (_, _, "timestamptz"): return age.map { "\(old) - (\($0) - n * \(Self.pause))" } ?? old
        default: return old
        }
    }
}
