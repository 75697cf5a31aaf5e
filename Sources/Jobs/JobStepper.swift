public import Postgres
public import Runtime

/// A worker that does one job at a time and only when it is told to: for tests and simulations, which decide
/// themselves when and in which order jobs run. Claims, attempts and settlements are those of a ``JobWorker``, except
/// that it takes nothing that has a limit.
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

    /// A job that the worker has claimed, for as long as its lease lasts.
    public struct Held: Sendable {
        public var kind: JobKind { job.kind }
        fileprivate let job: ClaimedJob
    }

    /// Does the job that is next: of the most urgent due ones the oldest.
    ///
    /// - Returns: what kind of job it was, however the attempt ended; nil if none is due.
    /// - Throws: `DatabaseError`.
    public func step() async throws -> JobKind? {
        guard let held = try await claimNext() else { return nil }
        await run(held)
        return held.kind
    }

    /// Claims the job that is next, so that other workers have a turn before it is done. What is never run is left
    /// lying, as by a worker that dies.
    ///
    /// - Returns: nil if none is due.
    /// - Throws: `DatabaseError`.
    public func claimNext() async throws -> Held? { try await claim().map(Held.init) }

    /// Makes the attempt at a job that was claimed; where another worker has it meanwhile, nothing comes of it.
    public func run(_ held: Held) async { await attempts.run(held.job) }

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
            waits: pairs.map { _ in .zero },
            kinds: queues.values.flatMap { $0 }.sorted { $0.rawValue < $1.rawValue }, limit: 1,
            token: .random(in: .min ... .max), now: settings.now())
        return try await database.pipeline(claim.statements)[1].rows(of: ClaimedJob.self).first
    }
}
