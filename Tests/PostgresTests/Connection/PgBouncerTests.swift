import Foundation
import Glibc
import LocalCluster
import Postgres
import PostgresTestSupport
import Testing

/// A PgBouncer of a test's own before the server of the tests, which lends a session for one transaction at a time.
private struct PgBouncer {
    static let program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"]
        .first(where: FileManager.default.isExecutableFile)

    /// How many sessions it has on the server.
    static let sessions = 2

    private let folder: String
    private let process: ChildProcess
    /// The way through it.
    let connection: ConnectionString

    static func start(before own: ConnectionString) async throws -> PgBouncer {
        let folder = "/tmp/meridian-bouncer-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder)
        let port = own.value(of: "port") ?? ""
        try """
        [databases]
        * = host=\(own.value(of: "host") ?? "") port=\(port)
        [pgbouncer]
        pool_mode = transaction
        default_pool_size = \(sessions)
        listen_addr =
        listen_port = \(port)
        unix_socket_dir = \(folder)
        auth_type = trust
        auth_file = \(folder)/users
        """.write(toFile: "\(folder)/ini", atomically: true, encoding: .utf8)
        try "\"\(own.value(of: "user") ?? "")\" \"\"\n".write(
            toFile: "\(folder)/users", atomically: true, encoding: .utf8)
        for name in ["ini", "users"] {
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: "\(folder)/\(name)")
        }
        let program = ChildProgram(try #require(program), ["\(folder)/ini"], user: try SystemUser.forServer())
        let process = try await ChildProcess.start(program)
        return PgBouncer(folder: folder, process: process, connection: own.with("host", folder))
    }

    func stop() async {
        process.send(SIGTERM)
        _ = await process.exit()
        try? FileManager.default.removeItem(atPath: folder)
    }
}

@Suite(
    "Behind PgBouncer in transaction mode", .database, .timeLimit(.minutes(5)),
    .enabled(if: PgBouncer.program != nil, "there is no pgbouncer here; apt-get install pgbouncer"))
struct PgBouncerTests {
    /// More connections than there are sessions behind them, without prepared statements.
    private func with(_ body: (Database) async throws -> Void) async throws {
        let own = try TestDatabase.own
        let bouncer = try await PgBouncer.start(before: own.connection)
        let database = own.open {
            $0.connection = bouncer.connection
            $0.directConnection = own.connection
            $0.usesPreparedStatements = false
            $0.poolSize = PgBouncer.sessions * 4
        }
        // It says nothing when it is ready.
        while (try? await database.run("select 1")) == nil { try await database.nap() }
        try await body(database)
        await database.close()
        await bouncer.stop()
    }

    @Test("transactions keep their settings and sessions apart, though there are fewer sessions than transactions")
    func transactions() async throws {
        try await with { database in
            try await database.run(script: "create table a (x int primary key)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let seen = try await database.transaction(settings: [("desk.who", "\(number)")]) {
                            transaction in
                            transaction.later("insert into a values (\(Int32(number)))")
                            let answers = try await transaction.pipeline([
                                "select current_setting('desk.who')", "select count(*) from a where x = \(number)",
                            ])
                            let who = try await transaction.first("select current_setting('desk.who')", as: String.self)
                            return (try answers[0].first(as: String.self), try answers[1].first(as: Int.self), who)
                        }
                        #expect(seen == ("\(number)", 1, "\(number)"))
                        #expect(try await database.first("select \(number)", as: Int.self) == number)
                    }
                }
                try await group.waitForAll()
            }
            let sessions = try await database.first(
                "select count(distinct pid) from pg_stat_activity where datname = current_database()", as: Int.self)
            #expect(try #require(sessions) <= PgBouncer.sessions + 4, "those of the test itself aside")
            #expect(try await database.first("select count(*) from a", as: Int.self) == 200)
        }
    }

    @Test("large answers and copies go in and out")
    func bulk() async throws {
        try await with { database in
            try await database.run(script: "create table a (x bigint)")
            let counts = try await database.transaction { transaction in
                let copied = try await transaction.copy(into: "a (x)") { rows in
                    for number in 0..<50_000 { try await rows.append(number) }
                }
                var lines = 0
                try await transaction.copyOut("copy a to stdout") { bytes in lines += bytes.count { $0 == 0x0A } }
                return (copied, lines)
            }
            #expect(counts == (50_000, 50_000))
        }
    }

    @Test("who is cancelled ends his statement and nobody else's")
    func cancelled() async throws {
        let observer = try TestDatabase.current
        try await with { database in
            // Safe: the test waits for it.
            let task = Task { try await database.run("select pg_sleep(60)") }
            _ = try await Activity.running(like: "%pg_sleep%", in: observer)
            task.cancel()
            let error = await #expect(throws: DatabaseError.self) { try await task.value }
            #expect(error?.reason == .cancelled)
            for number in 0..<20 { #expect(try await database.first("select \(number)", as: Int.self) == number) }
        }
    }

    @Test("notifications come over the direct connection")
    func notifications() async throws {
        try await with { database in
            var events = database.notifications(on: "job").makeAsyncIterator()
            #expect(await events.next() == .connected)
            try await database.transaction { transaction in
                try await transaction.run("select 1")
                transaction.tell("job", "heard")
            }
            #expect(await events.next() == .notification(channel: "job", payload: "heard"))
        }
    }
}
