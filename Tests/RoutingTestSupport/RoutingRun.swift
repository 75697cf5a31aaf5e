import DeskMail
import DeskStore
public import DeskTestSupport
import Jobs
public import Mail
public import Moments
import Postgres
import PostgresTestSupport
import Routing
import Runtime
public import Secrets

/// The routing worker's handlers on the database of a test, run until a queue is empty.
public struct RoutingRun: Sendable {
    private let desk: TestDesk
    private let client: SMTPClient?
    private let keys: MasterKeys

    public static let keys = MasterKeys(id: "test", key: SecretKey(bytes: Array(repeating: 7, count: 32)))

    /// - Parameter keys: with which the addresses and links in its mails are made.
    public init(_ desk: TestDesk, client: SMTPClient? = nil, keys: MasterKeys = Self.keys) {
        (self.desk, self.client, self.keys) = (desk, client, keys)
    }

    /// Runs a worker until no job of the queue is left that is due.
    ///
    /// - Parameter clock: by what time jobs are due; that of the database if nil.
    public func drain(_ queue: String, by clock: (@Sendable () -> Moment)? = nil) async throws {
        let composer = LetterComposer(keys: keys, publicURL: "https://desk.example")
        let handlers = RoutingHandlers(
            desk.store, composer: composer, client: client, metrics: Metrics(), log: .silent)
        var settings = JobWorkerSettings(name: "test")
        settings.queues = [JobQueue(rawValue: queue)]
        if let clock { settings.now = clock }
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
                            where l.queue = \(queue) and j.state <> 'dead'
                            and (j.state = 'running' or j.due <= coalesce(\(clock?()), clock_timestamp())))
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
