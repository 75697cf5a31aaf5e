import Jobs
import Postgres
import Runtime

/// One worker: a process of its own, which is this very program once more.
enum CrewMember {
    private struct Settings {
        let database: DatabaseConfiguration
        let worker: JobWorkerSettings
    }

    static func run() async -> Never {
        await Launch.run(
            program: Program("chaos-worker", "does jobs until it is stopped, killed or frozen."), arguments: [],
            settings: { (reader: inout SettingsReader) throws(SettingsFaults) -> Settings in
                let database = reader.database(program: "chaos-worker")
                var worker = reader.jobWorker(name: "chaos-worker", grace: .seconds(5))
                (worker.concurrency, worker.prefetch) = (8, 16)
                (worker.pollInterval, worker.maintenanceInterval) = (.milliseconds(200), .milliseconds(500))
                return try reader.finish { database.map { Settings(database: $0, worker: worker) } }
            },
            services: { settings, resources in
                let database = Database(settings.database, loops: resources.loops)
                return [
                    JobWorker(Deeds.registry(database), database: database, settings: settings.worker)
                ]
            })
    }
}
