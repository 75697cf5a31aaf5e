import CSystem
import Foundation
import Glibc

/// A PostgreSQL server of our own: made in a folder, started and stopped with us, reachable by those who may enter
/// its socket's folder.
public final class LocalCluster: Sendable {
    /// How it runs.
    public let settings: ClusterSettings
    private let server: ChildProcess
    private let lock: FolderLock

    private init(settings: ClusterSettings, server: ChildProcess, lock: FolderLock) {
        self.settings = settings
        self.server = server
        self.lock = lock
    }

    /// Makes the cluster unless the data folder holds one, starts it and waits until it accepts connections.
    ///
    /// As root, it runs as the user `postgres` or `nobody`. A server that a crashed run left on the same data is
    /// stopped first; one that is in use is a `ClusterFault`. `log` gets the lines of the server's log, on a thread
    /// of its own.
    public static func start(
        _ settings: ClusterSettings, log: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> LocalCluster {
        let user = try SystemUser.forServer()
        guard SocketFolder.fits(settings.socketDirectory) else {
            throw ClusterFault(
                "The path of the socket folder is too long for a Unix socket: \(settings.socketDirectory).",
                advice: "name a folder with a path of less than 90 bytes.")
        }
        for path in [settings.dataDirectory, settings.socketDirectory] {
            let folder = PrivateFolder(path: path, owner: user)
            try folder.make()
            try await folder.checkReach()
        }
        var lock = try take(settings.dataDirectory)
        let binaries = try await PostgresBinaries.find(major: majorOfData(in: settings.dataDirectory))
        if let stale = StaleServer(dataDirectory: settings.dataDirectory) { try stale.stop() }
        if majorOfData(in: settings.dataDirectory) == nil {
            try await make(settings, user: user, with: binaries)
            // The complete folder is another one than we locked.
            lock = try take(settings.dataDirectory)
        }
        let readiness = Readiness()
        let program = ChildProgram(
            binaries.path("postgres"), settings.serverArguments, environment: serverEnvironment,
            directory: "/", user: user, signalAtOurDeath: settings.signalAtOurDeath)
        let server = try await ChildProcess.start(program) { _, line in
            readiness.heard(line)
            log(line)
        } onExit: {
            readiness.ended($0)
        }
        try await readiness.wait()
        return LocalCluster(settings: settings, server: server, lock: lock)
    }

    private static func take(_ dataDirectory: String) throws -> FolderLock {
        if let lock = try FolderLock(dataDirectory) { return lock }
        throw ClusterFault(
            "A desk already runs on the data in \(dataDirectory).", advice: "stop it first, or name another folder.")
    }

    /// Where libpq finds it. The superuser is `postgres`.
    public func connection(database: String = "postgres", user: String = "postgres") -> String {
        settings.connection(database: database, user: user)
    }

    /// How a server is told to stop.
    public enum Manner: Sendable {
        /// Ends its sessions, writes everything down, and ends.
        case fast
        /// Ends now; the next start recovers.
        case immediate

        var signal: Int32 { self == .fast ? SIGINT : SIGQUIT }
    }

    /// Tells the server to stop and does not wait.
    public func send(_ manner: Manner) { server.send(manner.signal) }

    /// Stops the server, waits until it has ended, and lets go of its data.
    public func stop(_ manner: Manner = .fast) async {
        server.send(manner.signal)
        _ = await server.exit()
        lock.release()
    }

    /// Stops the server from a place that cannot wait asynchronously, such as the end of the process; after ten
    /// seconds it is killed.
    public func stopBlocking(_ manner: Manner = .immediate) {
        server.send(manner.signal)
        if !server.blockUntilExit(milliseconds: 10_000) { server.send(SIGKILL) }
    }

    /// Waits until the server ends, for whatever reason.
    public func exit() async -> ChildEnd { await server.exit() }

    /// Nothing of our environment must change how the server reads its files or writes its log.
    private static let serverEnvironment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"]

    /// The major version that made the data; nil if there is none yet.
    private static func majorOfData(in folder: String) -> Int? {
        (try? String(contentsOfFile: "\(folder)/PG_VERSION", encoding: .utf8))
            .flatMap { Int($0.prefix { $0.isNumber }) }
    }
}
