public import Postgres
public import Runtime
import Synchronization

/// A database for one test alone, made from a template and dropped afterwards.
///
/// Add `.database(template:)` to a suite or test and take ``current``, or call ``with(template:_:)``.
public struct TestDatabase: Sendable {
    /// How to reach it, as the superuser. Its `text` is what a program takes as a setting.
    public let connection: ConnectionString
    /// A pool of four connections, as the superuser; closed after the test.
    public let database: Database

    @TaskLocal static var ofThisTest: TestDatabase?

    /// The loops that all tests of this process share.
    public static let loops = EventLoopGroup(count: 2)

    /// The database of the test that is running.
    public static var current: Database {
        get throws { try own.database }
    }

    /// The database of the test that is running, with the means to reach it in other ways.
    public static var own: TestDatabase {
        get throws {
            guard let ofThisTest else { throw TestDatabaseFault("This test has no database: add .database to it.") }
            return ofThisTest
        }
    }

    /// Runs `body` with a database of its own, which ``current`` then is.
    public static func with<Result>(
        template: TestTemplate = .empty, _ body: (TestDatabase) async throws -> Result
    ) async throws -> Result {
        let name = try await template.clone()
        let connection = try await string(of: name)
        let own = TestDatabase(connection: connection, database: Database(connection))
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await $ofThisTest.withValue(own) { try await body(own) })
        } catch {
            result = .failure(error)
        }
        await own.database.close()
        try await administration().run(script: "drop database if exists \"\(name)\" with (force)")
        return try result.get()
    }

    /// Another pool on the same database, for instance as another role. Close it before the test ends.
    public func open(
        as role: String? = nil, _ configure: (inout DatabaseConfiguration) -> Void = { _ in }
    ) -> Database {
        var configuration = DatabaseConfiguration(role.map { connection.with("user", $0) } ?? connection)
        configure(&configuration)
        return Database(configuration, loops: Self.loops)
    }

    static func string(of name: String) async throws -> ConnectionString {
        let text = try await TestCluster.connection(database: name)
        guard let string = ConnectionString(text) else { throw TestDatabaseFault("libpq cannot read \(text).") }
        return string
    }

    /// The database from which others are made and dropped.
    static func administration() async throws -> Database {
        if let database = administrator.withLock(\.self) { return database }
        let string = try await string(of: "postgres")
        return administrator.withLock { shared in
            let database = shared ?? Database(string)
            shared = database
            return database
        }
    }

    private static let administrator = Mutex<Database?>(nil)
}

extension Database {
    convenience init(_ string: ConnectionString) {
        var configuration = DatabaseConfiguration(string)
        configuration.poolSize = 4
        // All tests of a target ask at once, and a busy disk copies a template in a second.
        configuration.acquireTimeout = .seconds(180)
        self.init(configuration, loops: TestDatabase.loops)
    }
}

/// Why a test could get no database.
struct TestDatabaseFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
