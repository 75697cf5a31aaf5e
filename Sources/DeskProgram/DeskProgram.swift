import DeskSchema
public import DeskStore
import HTTP
public import Jobs
public import Postgres
public import Runtime
import Sockets
import TimeZones

/// What every program of the desk stands on: the database it signs in to, the store, and the listener for operators.
public struct DeskProgram: Sendable {
    public let database: Database
    public let store: DeskStore
    public let secrets: SecretStore
    /// The first of a program's services, so that it still answers while the others stop. Until it has seen the tables
    /// that the program needs, calls of the database fail as if it were away.
    public let health: HealthService

    /// The number by which a schema says that it needs newer programs; it grows with a migration that old ones cannot
    /// live with.
    public static let number = 1
    public static let version = "0.1.0"

    /// Looks once for the tables and does not wait for them: a program that starts before its database answers that it
    /// is away.
    ///
    /// - Throws: `SystemError` when the listener for operators cannot be had; `MigrationFault` when the tables are not
    ///   those of this program.
    public init(_ settings: DeskSettings, _ resources: Launch.Resources) async throws {
        let database = Database(settings.database, loops: resources.loops, log: resources.log)
        let migrator = Migrator(database, migrations: deskSchema)
        store = DeskStore(database, timekeeper: resources.time, zones: TimeZones())
        secrets = SecretStore(store, keys: settings.keys)
        self.database = database
        let checks = [
            HealthCheck("database") { _ = try await database.first("select 1", as: Int.self) },
            HealthCheck("schema") { try await migrator.check(programNumber: Self.number) },
        ]
        let listener = HealthListener(
            try Listener.bind(settings.metrics), loops: resources.loops, metrics: resources.metrics, checks: checks,
            stopping: resources.stopping, log: resources.log)
        let gate = SchemaGate(database, programNumber: Self.number, resources)
        health = HealthService(listener, database, try await gate.look(until: resources.stopping) ? nil : gate)
    }

    /// A worker for the jobs of these handlers, which lets go of them before the program's own grace is over.
    public func worker(
        _ handlers: [JobHandler], schedules: [JobSchedule] = [], _ settings: JobWorkerSettings,
        _ resources: Launch.Resources
    ) -> JobWorker {
        var registry = JobRegistry(handlers)
        for schedule in schedules { registry.add(schedule) }
        return JobWorker(
            registry, database: database, settings: settings.stopping(within: resources.grace),
            metrics: resources.metrics, log: resources.log)
    }

    /// The description of a program for its `--help`.
    public static func program(_ name: String, _ sentence: String) -> Program {
        Program(name, sentence, version: version)
    }
}
