public import Postgres
public import Runtime

/// A worker that does one job at a time and only when it is told to: for tests and simulations, which decide
/// themselves when and in which order jobs run. Claims, attempts and settlements are those of a ``JobWorker``.
///
/// Its lease is never renewed: what it has not settled when the lease is over is for ``rescue()``, of any stepper.
public final class JobStepper: Sendable {
    private let database: Database
    private let registry: JobRegistry
    private let settings: JobWorkerSettings
    private let lanes: LaneDirectory
    private let keeper: LeaseKeeper
    private let attempts: AttemptRunner
    private let log: Log

    public init(
        _ registry: JobRegistry, database: Database, settings: JobWorkerSettings, log: Log = .silent
    ) {
        (self.registry, self.database, self.settings, self.log) = (registry, database, settings, log)
        lanes = LaneDirectory(sites: settings.sites)
        keeper = LeaseKeeper(database: database, settings: settings, log: log)
        attempts = AttemptRunner(
            registry: registry, lanes: lanes, database: database, settings: settings,
            metrics: JobMetrics(Metrics()), log: log)
    }

    /// Enters the worker; its lease counts from now on.
    public func begin() async throws {
        _ = try await keeper.register(
            queues: registry.kinds.keys.sorted { $0.rawValue < $1.rawValue }, until: StopSignal())
    }

    /// Does the job that is next: of the most urgent due ones the oldest.
    ///
    /// - Returns: what kind of job it was, however the attempt ended; nil if none is due.
    /// - Throws: `DatabaseError`.
    public func step() async throws -> JobKind? {
        guard let job = try await claim() else { return nil }
        await attempts.run(job)
        return job.kind
    }

    /// Claims a job and leaves it lying, as a worker does that dies.
    ///
    /// - Returns: whether there was one.
    /// - Throws: `DatabaseError`.
    public func dropNext() async throws -> Bool { try await claim() != nil }

    /// Takes back the jobs of workers whose lease is over.
    ///
    /// - Returns: how many wait again.
    /// - Throws: `DatabaseError`.
    @discardableResult
    public func rescue() async throws -> Int {
        try await Rescue(database: database, now: settings.now()).run().returned
    }

    private func claim() async throws -> ClaimedJob? {
        try await lanes.refresh(from: database)
        var pairs: [(lane: Int32, priority: JobPriority)] = []
        let queues = registry.kinds
        for priority in JobPriority.allCases {
            for queue in queues.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
                pairs += lanes.lanes(of: queue).sorted().map { ($0, priority) }
            }
        }
        guard !pairs.isEmpty else { return nil }
        let claim = Claim(
            worker: keeper.worker, lanes: pairs.map(\.lane), priorities: pairs.map(\.priority),
            kinds: queues.values.flatMap { $0 }.sorted { $0.rawValue < $1.rawValue }, limit: 1,
            token: .random(in: .min ... .max), now: settings.now())
        return try await database.pipeline(claim.statements)[1].rows(of: ClaimedJob.self).first
    }
}
