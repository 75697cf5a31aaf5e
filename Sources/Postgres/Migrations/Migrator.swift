import Runtime

/// Brings a database to the schema that a program needs, and tells whether it is there.
///
/// Any number of processes may migrate at the same time: one does it, the others wait and find it done.
public struct Migrator: Sendable {
    let database: Database
    let migrations: [Migration]

    /// The migrations in the order in which they run, their numbers rising.
    public init(_ database: Database, migrations: [Migration]) {
        self.database = database
        self.migrations = migrations
    }

    /// Runs the migrations that have not run yet, on the direct connection, and returns them.
    ///
    /// - Parameter programNumber: the caller's own; a schema that needs newer programs is left as it is.
    /// - Throws: ``MigrationFault`` if the schema and the migrations do not fit one another; ``DatabaseError``.
    @discardableResult
    public func migrate(programNumber: Int) async throws -> [Migration] {
        try checkList()
        return try await database.session { session in
            try await lock(session)
            try await session.run(script: Self.table)
            let applied = try await session.all(Query<AppliedMigration>.everyOne)
            try check(applied, programNumber: programNumber)
            let known = Set(applied.map(\.number))
            let missing = migrations.filter { !known.contains($0.number) }
            for migration in missing { try await apply(migration, on: session) }
            return missing
        }
    }

    /// Makes sure that a program with this number can use the database as it is.
    ///
    /// - Throws: ``MigrationFault`` whose sentence says what to do; ``DatabaseError``.
    public func check(programNumber: Int) async throws {
        let applied = try await applied()
        try check(applied, programNumber: programNumber)
        let known = Set(applied.map(\.number))
        let missing = migrations.filter { !known.contains($0.number) }
        if !missing.isEmpty { throw MigrationFault.missing(missing.map { "\($0.number) (\($0.name))" }) }
    }

    /// Every migration of this program and of the database, in order.
    public func status() async throws -> [MigrationStatus] {
        let applied = try await applied()
        let known = Set(migrations.map(\.number))
        let ours = migrations.map { migration in
            let earlier = applied.first { $0.number == migration.number }
            return MigrationStatus(
                number: migration.number, name: migration.name, appliedAt: earlier?.appliedAt,
                isEdited: earlier.map { $0.script != migration.script } ?? false, isOurs: true)
        }
        let others = applied.filter { !known.contains($0.number) }.map { earlier in
            MigrationStatus(
                number: earlier.number, name: earlier.name, appliedAt: earlier.appliedAt, isEdited: false,
                isOurs: false)
        }
        return (ours + others).sorted { $0.number < $1.number }
    }

    private func applied() async throws -> [AppliedMigration] {
        let exists = try await database.first("select to_regclass('schema_migration') is not null", as: Bool.self)
        return exists == true ? try await database.all(.everyOne) : []
    }

    private func checkList() throws(MigrationFault) {
        for (migration, next) in zip(migrations, migrations.dropFirst()) where migration.number >= next.number {
            throw .disordered(next.number, next.name)
        }
        for migration in migrations where migration.hasUnreadableHeader {
            throw .unreadableHeader(migration.number, migration.name)
        }
    }

    private func check(_ applied: [AppliedMigration], programNumber: Int) throws(MigrationFault) {
        if let oldest = applied.compactMap(\.oldestProgram).max(), programNumber < oldest {
            throw .needsNewerProgram(oldest: oldest, own: programNumber)
        }
        for migration in migrations {
            let earlier = applied.first { $0.number == migration.number }
            if let earlier, earlier.script != migration.script {
                throw .edited(migration.number, migration.name)
            }
        }
    }
}

extension Migrator {
    static let table = """
        create table if not exists schema_migration (
            number int primary key,
            name text not null,
            script text not null,
            oldest_program int,
            applied_at timestamptz not null default clock_timestamp()
        )
        """

    /// The number of the advisory lock under which migrations run.
    private static let lockNumber: Int64 = 0x6d65_7269_6469_616e

    /// Asks again and again instead of waiting for the lock: a statement that waits holds a snapshot, and
    /// `create index concurrently` waits for all older snapshots, so both would wait for ever.
    private func lock(_ session: DatabaseSession) async throws {
        while true {
            let isOurs = try await session.first("select pg_try_advisory_lock(\(Self.lockNumber))", as: Bool.self)
            if isOurs == true { return }
            try await database.loops.next().sleep(for: .milliseconds(50))
        }
    }

    private func apply(_ migration: Migration, on session: DatabaseSession) async throws {
        do {
            if migration.runsInTransaction {
                try await session.transaction { transaction in
                    try await transaction.run(.record(migration))
                    try await transaction.run(script: migration.script)
                }
            } else {
                try await session.run(script: migration.script)
                try await session.run(.record(migration))
            }
        } catch let error as DatabaseError where error.sqlState != nil {
            throw MigrationFault.failed(migration.number, migration.name, error)
        }
    }
}

extension SQL {
    fileprivate static func record(_ migration: Migration) -> SQL {
        """
        insert into schema_migration (number, name, script, oldest_program)
        values (\(migration.number), \(migration.name), \(migration.script), \(migration.oldestProgram))
        """
    }
}
