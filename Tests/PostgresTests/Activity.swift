import Postgres
import PostgresTestSupport
import Runtime

/// What the server itself says about the sessions of a test.
enum Activity {
    /// Waits until some session of the database is at a statement like `pattern`, and returns its process number.
    static func process(like pattern: String, in observer: Database) async throws -> Int {
        let query: SQL = """
            select pid from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and query like \(pattern)
              and state <> 'idle in transaction (aborted)'
            """
        while true {
            if let process = try await observer.first(query, as: Int.self) { return process }
            try await observer.nap()
        }
    }

    /// Waits until the statement is under way.
    static func running(like pattern: String, in observer: Database) async throws -> Int {
        let query: SQL = """
            select pid from pg_stat_activity
            where datname = current_database() and state = 'active' and pid <> pg_backend_pid() and query like \(pattern)
            """
        while true {
            if let process = try await observer.first(query, as: Int.self) { return process }
            try await observer.nap()
        }
    }

    /// Waits until there is no session with the process number.
    static func ended(_ process: Int, in observer: Database) async throws {
        while try await observer.first("select true from pg_stat_activity where pid = \(process)", as: Bool.self) != nil
        {
            try await observer.nap()
        }
    }
}

extension Database {
    /// Lets the server and the other tests get on, between two looks at something that is about to happen.
    func nap() async throws {
        try await TestDatabase.loops.next().sleep(for: .milliseconds(2))
    }
}
