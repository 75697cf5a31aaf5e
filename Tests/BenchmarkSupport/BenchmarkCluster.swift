import Foundation
import Glibc
public import LocalCluster

/// A private PostgreSQL that commits to disk, for a floor and for what is measured against it.
public final class BenchmarkCluster: Sendable {
    public let server: LocalCluster
    private let folder: String

    private init(server: LocalCluster, folder: String) { (self.server, self.folder) = (server, folder) }

    /// Makes and starts it; in `MERIDIAN_BENCH_FOLDER`, else in `/tmp`. What benchmarks left that were killed is
    /// removed.
    ///
    /// - Parameter settings: further settings of PostgreSQL by name.
    public static func start(
        sharedBuffers: String = "256MB", settings: [String: String] = [:]
    ) async throws -> BenchmarkCluster {
        let parent = ChildProgram.ownEnvironment["MERIDIAN_BENCH_FOLDER"] ?? "/tmp"
        removeAbandoned(in: parent)
        let folder = "\(parent)/\(prefix)\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // The server's user, who is another when we are root, must be able to pass through.
        chmod(folder, 0o711)
        let server = try await LocalCluster.start(
            ClusterSettings(
                dataDirectory: "\(folder)/data", socketDirectory: "\(folder)/socket", sharedBuffers: sharedBuffers,
                others: settings))
        return BenchmarkCluster(server: server, folder: folder)
    }

    /// Lends one to what measures on it, and removes it then, also where measuring failed.
    public static func lend<Answer>(
        sharedBuffers: String = "128MB", settings: [String: String] = [:],
        to body: (BenchmarkCluster) async throws -> Answer
    ) async throws -> Answer {
        let cluster = try await start(sharedBuffers: sharedBuffers, settings: settings)
        do {
            let answer = try await body(cluster)
            await cluster.remove()
            return answer
        } catch {
            await cluster.remove()
            throw error
        }
    }

    /// Stops it and removes all that it wrote.
    public func remove() async {
        await server.stop(.immediate)
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Where libpq finds it.
    public func connection(database: String = "postgres") -> String { server.connection(database: database) }

    private static let prefix = "meridian-bench-"

    private static func removeAbandoned(in parent: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] {
            guard name.hasPrefix(prefix), let owner = Int32(name.dropFirst(prefix.count)), kill(owner, 0) != 0,
                errno == ESRCH
            else { continue }
            try? FileManager.default.removeItem(atPath: "\(parent)/\(name)")
        }
    }
}
