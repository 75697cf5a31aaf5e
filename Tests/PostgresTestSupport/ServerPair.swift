import Foundation
import LocalCluster
public import Postgres
import Runtime

/// Two servers of a test's own: a primary, and a standby that copies it until it is promoted.
public struct ServerPair: Sendable {
    /// Both servers, the standby first, of which the one that takes changes is wanted.
    public let connection: ConnectionString
    private let primary: LocalCluster
    private let standby: LocalCluster
    /// The way to each of them alone.
    private let atPrimary: Database
    private let atStandby: Database

    /// Lends a pair whose servers are stopped and removed afterwards.
    public static func lend(to body: (ServerPair) async throws -> Void) async throws {
        let folder = "/tmp/meridian-pair-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // Who copies the primary is the server's user, who is another when we are root.
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder)
        try await with(settings("primary", in: folder)) { primary in
            let copy = settings("standby", in: folder)
            try await self.copy(primary, to: copy)
            try await with(copy) { standby in
                let pair = try ServerPair(primary, standby)
                try await body(pair)
                for database in [pair.atPrimary, pair.atStandby] { await database.close() }
            }
        }
    }

    /// Lends a server that is stopped afterwards.
    private static func with(_ settings: ClusterSettings, _ body: (LocalCluster) async throws -> Void) async throws {
        let cluster = try await LocalCluster.start(settings)
        do { try await body(cluster) } catch {
            await cluster.stop(.immediate)
            throw error
        }
        await cluster.stop(.immediate)
    }

    private init(_ primary: LocalCluster, _ standby: LocalCluster) throws {
        (self.primary, self.standby) = (primary, standby)
        let alone = try [primary, standby].map { cluster in
            guard let string = ConnectionString(cluster.connection()) else {
                throw TestDatabaseFault("libpq cannot read \(cluster.connection()).")
            }
            return string
        }
        let hosts = [standby, primary].map(\.settings.socketDirectory).joined(separator: ",")
        connection = alone[0].with("host", hosts).with("target_session_attrs", "read-write")
        atPrimary = Database(DatabaseConfiguration(alone[0]), loops: TestDatabase.loops)
        atStandby = Database(DatabaseConfiguration(alone[1]), loops: TestDatabase.loops)
    }

    private static func settings(_ name: String, in folder: String) -> ClusterSettings {
        ClusterSettings(
            dataDirectory: "\(folder)/\(name)", socketDirectory: "\(folder)/\(name)-socket", isDurable: false,
            sharedBuffers: "16MB", signalAtOurDeath: 3)
    }

    private static func copy(_ primary: LocalCluster, to settings: ClusterSettings) async throws {
        let program = ChildProgram(
            try await PostgresBinaries.find().path("pg_basebackup"),
            [
                "--dbname", primary.connection(), "--pgdata", settings.dataDirectory, "--write-recovery-conf",
                "--checkpoint", "fast", "--no-sync",
            ],
            environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C"], directory: "/", user: try SystemUser.forServer())
        let end = try await ChildProcess.start(program).exit()
        guard end.isSuccess else { throw TestDatabaseFault("pg_basebackup ended with \(end).") }
    }

    /// Returns when the standby has all that has been committed so far.
    public func untilCopied() async throws {
        // Where the next record goes, as what was committed is not always written at once.
        guard let written = try await atPrimary.first("select pg_current_wal_insert_lsn()::text", as: String.self)
        else {
            throw TestDatabaseFault("the primary does not say how far it has written.")
        }
        while try await atStandby.first(
            "select pg_last_wal_replay_lsn() >= \(written)::text::pg_lsn", as: Bool.self) != true
        { try await pause() }
    }

    /// Has the standby copy nothing further: what is committed from here on is lost with the primary.
    public func separate() async throws {
        try await atStandby.run(script: "alter system set primary_conninfo = ''")
        try await atStandby.run(script: "select pg_reload_conf()")
        while try await atStandby.first("select exists (select from pg_stat_wal_receiver)", as: Bool.self) != false {
            try await pause()
        }
    }

    /// The primary is gone from one instant to the next.
    public func losePrimary() async { await primary.stop(.immediate) }

    /// Has the standby take changes; returns when it does.
    public func promote() async throws {
        guard try await atStandby.first("select pg_promote()", as: Bool.self) == true else {
            throw TestDatabaseFault("the standby was not promoted.")
        }
    }

    private func pause() async throws { try await TestDatabase.loops.next().sleep(for: .milliseconds(2)) }
}
