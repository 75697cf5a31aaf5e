import DeskMail
import DeskStore
import DeskTestSupport
import Jobs
import Mail
import Moments
import Postgres
import PostgresTestSupport
import Routing
import Runtime
import Secrets

/// The routing worker's handlers on the database of a test, run until a queue is empty.
struct RoutingRun: Sendable {
    let desk: TestDesk
    var client: SMTPClient?

    static let keys = MasterKeys(id: "test", key: SecretKey(bytes: Array(repeating: 7, count: 32)))

    init(_ desk: TestDesk, client: SMTPClient? = nil) { (self.desk, self.client) = (desk, client) }

    /// Runs a worker until no job of the queue is left that is due.
    func drain(_ queue: String) async throws {
        let composer = LetterComposer(keys: Self.keys, publicURL: "https://desk.example")
        let handlers = RoutingHandlers(
            desk.store, composer: composer, client: client, metrics: Metrics(), log: .silent)
        var settings = JobWorkerSettings(name: "test")
        settings.queues = [JobQueue(rawValue: queue)]
        let worker = JobWorker(JobRegistry(handlers.all), database: desk.store.database, settings: settings)
        let database = try TestDatabase.current
        let stop = StopSignal()
        try await TestDatabase.loops.next().run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await worker.run(until: stop) }
                try await withDeadline(.seconds(120)) {
                    while try await database.first(
                        """
                        select exists (select from jobs.job j join jobs.lane l on l.id = j.lane
                            where l.queue = \(queue) and j.state <> 'dead' and (j.state = 'running' or j.due <= clock_timestamp()))
                        """, as: Bool.self) == true
                    {
                        try await EventLoop.current?.sleep(for: .milliseconds(5))
                    }
                }
                stop.raise()
                try await group.waitForAll()
            }
        }
    }
}
