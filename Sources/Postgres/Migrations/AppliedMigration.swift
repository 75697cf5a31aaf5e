import Moments

/// A migration as the database remembers it.
struct AppliedMigration: PostgresRow {
    let number: Int
    let name: String
    let script: String
    let oldestProgram: Int?
    let appliedAt: Moment

    static let columns = "number, name, script, oldest_program, applied_at"

    init(from row: inout RowReader) throws(UndecodableColumn) {
        number = try row.read()
        name = try row.read()
        script = try row.read()
        oldestProgram = try row.read()
        appliedAt = try row.read()
    }
}

extension Query<AppliedMigration> {
    static var everyOne: Self {
        "select \(columns: AppliedMigration.self) from schema_migration order by number"
    }
}
