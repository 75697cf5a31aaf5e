import LocalCluster
import Postgres
import Runtime
import Synchronization

/// Keeps our own PostgreSQL running as long as the desk does.
final class ClusterService: Service {
    let name = "postgres"
    private let settings: ClusterSettings
    private let merged: MergedLog
    private let log: Log
    private let cluster: Mutex<LocalCluster>

    /// Starts it and returns when it accepts connections.
    static func start(_ settings: ClusterSettings, merged: MergedLog, log: Log) async throws -> ClusterService {
        let cluster = try await LocalCluster.start(settings) { merged.takePostgres($0) }
        return ClusterService(settings, merged: merged, log: log, cluster: cluster)
    }

    private init(_ settings: ClusterSettings, merged: MergedLog, log: Log, cluster: LocalCluster) {
        self.settings = settings
        self.merged = merged
        self.log = log
        self.cluster = Mutex(cluster)
    }

    /// Where libpq finds a database of it.
    func connection(database: String, user: String) -> String {
        cluster.withLock { $0.connection(database: database, user: user) }
    }

    /// Makes a database unless it is there.
    func makeDatabase(_ name: String, loops: EventLoopGroup) async throws {
        guard let place = ConnectionString(connection(database: "postgres", user: "postgres")) else {
            preconditionFailure("A connection string that we wrote is readable.")
        }
        let server = Database(DatabaseConfiguration(place), loops: loops, log: log)
        do {
            let found = try await server.first("select 1 from pg_database where datname = \(name)", as: Int32.self)
            if found == nil { try await server.run("create database \(identifier: name)") }
        } catch {
            await server.close()
            throw error
        }
        await server.close()
    }

    func run(until stop: StopSignal) async throws {
        while true {
            let cluster = self.cluster.withLock { $0 }
            let registration = stop.onRaise { cluster.send(.fast) }
            defer { registration.cancel() }
            let end = await withTaskCancellationHandler {
                await cluster.exit()
            } onCancel: {
                cluster.send(.immediate)
            }
            await cluster.stop()
            if stop.isRaised { return }
            log.error("PostgreSQL ended by itself and is started again", ["end": .string("\(end)")])
            let next = try await LocalCluster.start(settings) { [merged] in merged.takePostgres($0) }
            self.cluster.withLock { $0 = next }
        }
    }
}
