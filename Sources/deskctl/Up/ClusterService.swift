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
    private let time: any Timekeeper
    private let cluster: Mutex<LocalCluster>

    /// Starts it and returns when it accepts connections.
    static func start(
        _ settings: ClusterSettings, merged: MergedLog, log: Log, time: any Timekeeper
    ) async throws -> ClusterService {
        let cluster = try await LocalCluster.start(settings) { merged.takePostgres($0) }
        return ClusterService(settings, merged: merged, log: log, time: time, cluster: cluster)
    }

    private init(
        _ settings: ClusterSettings, merged: MergedLog, log: Log, time: any Timekeeper, cluster: LocalCluster
    ) {
        self.settings = settings
        self.merged = merged
        self.log = log
        self.time = time
        self.cluster = Mutex(cluster)
    }

    /// Where libpq finds a database of it.
    func connection(database: String, user: String) -> ConnectionString {
        guard let place = ConnectionString(cluster.withLock { $0.connection(database: database, user: user) }) else {
            preconditionFailure("A connection string that we wrote is readable.")
        }
        return place
    }

    /// Makes a database unless it is there.
    func makeDatabase(_ name: String, loops: EventLoopGroup) async throws {
        let server = DatabaseConfiguration(connection(database: "postgres", user: "postgres"))
        try await Database.lend(server, loops: loops, log: log) { server in
            let found = try await server.first("select 1 from pg_database where datname = \(name)", as: Int32.self)
            if found == nil { try await server.run("create database \(identifier: name)") }
        }
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
            guard let next = try await restart(until: stop) else { return }
            self.cluster.withLock { $0 = next }
        }
    }

    /// Starts it again, however often that takes: what is left of a killed server may be in the way for a moment.
    private func restart(until stop: StopSignal) async throws -> LocalCluster? {
        let backoff = Backoff(first: .milliseconds(500), most: .seconds(30))
        var attempt = 0
        while !stop.isRaised {
            do {
                return try await LocalCluster.start(settings) { [merged] in merged.takePostgres($0) }
            } catch {
                attempt += 1
                let wait = backoff.delay(afterAttempt: attempt)
                log.error("PostgreSQL does not start", ["err": .error(error), "wait": .seconds(wait)])
                try await stop.untilRaised { [time] in try await time.wait(for: wait) }
            }
        }
        return nil
    }
}
