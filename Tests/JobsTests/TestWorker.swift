import Moments
import Postgres
import PostgresTestSupport
import Runtime

@testable import Jobs

/// Runs workers beside a test.
struct TestWorker: Sendable {
    let database: Database
    let stop = StopSignal()
    /// The time for the workers' pauses. It stands still unless a test moves it.
    let time = ManualTime(Moment(seconds: 0))
    let metrics = Metrics()

    init() throws { self.init(on: try TestDatabase.current) }

    init(on database: Database) { self.database = database }

    /// Runs workers with the handlers while `body` runs, then stops them and waits for their end.
    func run<Answer: Sendable>(
        _ handlers: [JobHandler], workers: Int = 1, configure: (inout JobWorkerSettings) -> Void = { _ in },
        _ body: () async throws -> Answer
    ) async throws -> Answer {
        var settings = JobWorkerSettings(name: "test")
        settings.time = time
        configure(&settings)
        let (database, stop, metrics) = (database, stop, metrics)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { stop.raise() }
            for _ in 0..<workers {
                let worker = JobWorker(
                    JobRegistry(handlers), database: database, settings: settings, metrics: metrics)
                group.addTask(executorPreference: TestDatabase.loops.next()) { try await worker.run(until: stop) }
            }
            let answer = try await body()
            stop.raise()
            try await group.waitForAll()
            return answer
        }
    }

    /// Leaves jobs as a program does, by the database's clock.
    func leave<J: Job>(_ jobs: J..., key: String? = nil, site: String? = nil) async throws {
        for job in jobs {
            try await database.transaction { _ = try await $0.enqueue(job, site: site, key: key) }
        }
    }

    func count(_ outcome: String, kind: JobKind = Note.kind) -> Int {
        metrics.counter("jobs_finished_total", "", labels: ["kind", "outcome"]).with(kind.rawValue, outcome).value
    }
}
