import Glibc
public import Postgres
import Synchronization

/// What the databases of some tests hold at the start. It is made once in each process, and then copied for each test.
public struct TestTemplate: Sendable {
    /// Tells templates apart that differ in `prepare` alone.
    let name: String
    let migrations: [Migration]
    let prepare: @Sendable (Database) async throws -> Void

    /// Migrations, then whatever else `prepare` puts there. Templates of one name and the same migrations are one.
    public init(
        _ name: String = "migrated", migrations: [Migration],
        prepare: @escaping @Sendable (Database) async throws -> Void = { _ in }
    ) {
        self.name = name
        self.migrations = migrations
        self.prepare = prepare
    }

    /// An empty database.
    public static let empty = TestTemplate("empty", migrations: [])

    private struct Shared {
        var templates: [String: Task<String, any Error>] = [:]
        var databases = 0
    }

    private static let shared = Mutex(Shared())

    private var key: String {
        migrations.reduce(name) { "\($0)\u{0}\($1.number)\u{0}\($1.script)" }
    }

    /// Makes a database with the content of the template and returns its name.
    func clone() async throws -> String {
        let making = Self.shared.withLock { shared in
            if let making = shared.templates[key] { return making }
            let name = Self.newName("template", in: &shared)
            // Safe: every test that needs the template waits for this task.
            let making = Task { try await make(name) }
            shared.templates[key] = making
            return making
        }
        let template = try await making.value
        let copy = Self.shared.withLock { Self.newName("test", in: &$0) }
        try await TestDatabase.administration().run(
            script: "create database \"\(copy)\" template \"\(template)\"")
        return copy
    }

    private func make(_ database: String) async throws -> String {
        try await TestDatabase.administration().run(script: "create database \"\(database)\"")
        let content = Database(try await TestDatabase.string(of: database))
        do {
            if !migrations.isEmpty { try await Migrator(content, migrations: migrations).migrate(programNumber: .max) }
            try await prepare(content)
        } catch {
            await content.close()
            throw error
        }
        await content.close()
        try await Self.waitUntilUnused(database)
        return database
    }

    /// The server ends sessions a moment after they were closed, and copies no database that is in use.
    private static func waitUntilUnused(_ database: String) async throws {
        let administration = try await TestDatabase.administration()
        let users: SQL = "select count(*) from pg_stat_activity where datname = \(database)"
        while let count = try await administration.first(users, as: Int.self), count > 0 {}
    }

    private static func newName(_ kind: String, in shared: inout Shared) -> String {
        shared.databases += 1
        return "\(kind)_\(getpid())_\(shared.databases)"
    }
}
