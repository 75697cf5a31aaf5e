import BenchmarkSupport
import Jobs
import Moments
import Postgres
import Runtime

/// A queue of its own on a server that commits to disk, and workers to empty it.
final class Hall: Sendable {
    let database: Database
    let connection: String
    let loops = EventLoopGroup(count: 1)

    private init(_ database: Database, _ connection: String) {
        (self.database, self.connection) = (database, connection)
    }

    static func open(_ cluster: BenchmarkCluster) async throws -> Hall {
        guard let place = ConnectionString(cluster.connection()) else {
            throw BenchmarkFault("the cluster's connection string cannot be read")
        }
        let database = Database(DatabaseConfiguration(place), loops: EventLoopGroup(count: 1))
        _ = try await Migrator(database, migrations: jobsMigrations).migrate(programNumber: .max)
        return Hall(database, cluster.connection())
    }

    func close() async { await database.close() }

    /// Jobs in steps of a thousand, each in a transaction of its own; answers how many a second.
    @discardableResult
    func leave<J: MeasuredJob>(_ count: Int, of kind: J.Type = Nothing.self) async throws -> Double {
        let begun = ContinuousClock.now
        for first in stride(from: 0, to: count, by: 1000) {
            let jobs = (first..<min(first + 1000, count)).map { J(number: $0) }
            try await database.transaction { _ = try await $0.enqueue(contentsOf: jobs) }
        }
        return Double(count) / ((ContinuousClock.now - begun) / .seconds(1))
    }

    /// What it took to empty the queue.
    struct Drain: Sendable {
        var rate: Double
        /// Of each job, in seconds: the server's processor time and the workers'.
        var server: Double
        var client: Double
        var writeAheadLog: Double
        var commits: Double
        var blocks: Double
        /// What is left of them in the table, to be cleared away.
        var deadRows: Double
    }

    /// Has so many jobs, left beforehand, done by so many processes.
    ///
    /// The time is the server's: from the first claim to the last end, which are those of two jobs that are kept in the
    /// history even where nothing of the others is.
    func drain<J: MeasuredJob>(
        _ count: Int, of kind: J.Type = Nothing.self, width: Int, processes: Int
    ) async throws -> Drain {
        try await empty()
        try await leave(1)
        try await leave(count - 2, of: kind)
        try await leave(1)
        try await database.run(script: "analyze jobs.job; checkpoint")
        let before = try await Ledger(database)
        let workers = try (0..<processes).map { _ in try MeasuredWorker.start(connection, width: width) }
        defer { for worker in workers { worker.stop() } }
        while try await database.first("select exists (select from jobs.job)", as: Bool.self) == true {
            try await SystemTime().wait(for: .milliseconds(50))
        }
        // Backends tell their figures a second after they have become idle.
        try await SystemTime().wait(for: .milliseconds(1500))
        let after = try await Ledger(database)
        let backends = try await database.all(
            "select pid from pg_stat_activity where application_name = \(MeasuredWorker.name)", as: Int32.self)
        let server = try ProcessFigures.processorSeconds(of: backends)
        let client = try ProcessFigures.processorSeconds(of: workers.map(\.id))
        let measured = try await database.first(
            """
            select count(*), extract(epoch from max(finished_at) - min(claimed_at))::float8 from jobs.finished
            """, as: (Int, Double).self)
        let kept = J.policy.keepsHistory ? count : 2
        guard let (done, seconds) = measured, done == kept else {
            throw BenchmarkFault("of \(kept) jobs \(measured?.0 ?? 0) were finished")
        }
        let jobs = Double(count)
        return Drain(
            rate: jobs / seconds, server: server / jobs, client: client / jobs,
            writeAheadLog: (after.writeAheadLog - before.writeAheadLog) / jobs,
            commits: (after.commits - before.commits) / jobs, blocks: (after.blocks - before.blocks) / jobs,
            deadRows: (after.deadRows - before.deadRows) / jobs)
    }

    /// Returns when nothing of what was done before is still to be written or cleared away: commits would wait for it.
    func rest() async throws {
        let clearing: SQL = "select exists (select from pg_stat_activity where backend_type = 'autovacuum worker')"
        while try await database.first(clearing, as: Bool.self) == true {
            try await SystemTime().wait(for: .milliseconds(50))
        }
        try await database.run(script: "checkpoint")
        // Returns when the disks have what the system held for them.
        try await Tool("/usr/bin/sync").output([])
    }

    func empty() async throws {
        try await database.run(script: "truncate jobs.job, jobs.finished, jobs.key")
    }
}

/// What the server has used so far.
private struct Ledger {
    let writeAheadLog: Double
    let commits: Double
    let blocks: Double
    let deadRows: Double

    init(_ database: Database) async throws {
        let figures = try await database.first(
            """
            select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8, xact_commit::float8,
                (blks_hit + blks_read)::float8,
                (select n_tup_upd + n_tup_del from pg_stat_user_tables where relid = 'jobs.job'::regclass)::float8
            from pg_stat_database where datname = current_database()
            """, as: (Double, Double, Double, Double).self)
        guard let figures else { throw BenchmarkFault("the server has no statistics") }
        (writeAheadLog, commits, blocks, deadRows) = figures
    }
}
