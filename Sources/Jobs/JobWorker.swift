import Moments
public import Postgres
public import Runtime

/// Runs jobs: claims those that are due in the queues and at the sites it serves, has them handled, and settles them.
///
/// Any number of workers, in any number of processes, share the work. One that dies is noticed by the others when its
/// lease is over, and its jobs are run again. When asked to stop it claims nothing more, gives back what it has not
/// begun, and lets running handlers finish within the grace; no attempt is used up by that.
public struct JobWorker: Service {
    public let name = "jobs"
    private let database: Database
    private let registry: JobRegistry
    private let settings: JobWorkerSettings
    private let metrics: JobMetrics
    private let log: Log

    public init(
        _ registry: JobRegistry, database: Database, settings: JobWorkerSettings, metrics: Metrics = Metrics(),
        log: Log = .silent
    ) {
        (self.registry, self.database, self.settings, self.log) = (registry, database, settings, log)
        self.metrics = JobMetrics(metrics)
    }

    /// Works until it is told to stop. Where its lease expired in the meantime, it begins anew.
    public func run(until stop: StopSignal) async throws {
        while !stop.isRaised {
            do {
                try await live(until: stop)
            } catch let error as LeaseExpired {
                // Whatever was claimed is no longer ours. A new life begins with nothing.
                log.error("the worker's lease is over; it begins anew", ["err": .error(error)])
            }
        }
    }

    /// One life, from the registration of a new worker to the stop or the loss of the lease.
    private func live(until stop: StopSignal) async throws {
        let keeper = LeaseKeeper(database: database, settings: settings, log: log)
        let queues = registry.kinds.filter { settings.queues?.contains($0.key) ?? true }
        let names = queues.keys.sorted { $0.rawValue < $1.rawValue }
        guard let registration = try await keeper.register(queues: names, until: stop) else { return }
        let lanes = LaneDirectory(sites: settings.sites)
        let runners = queues.flatMap { queue, kinds in
            [false, true].map { isLimited in
                QueueRunner(
                    queue: queue, isLimited: isLimited, hand: Hand(batches: registry.batches(of: kinds)), kinds: kinds,
                    worker: keeper.worker, registry: registry,
                    lanes: lanes, bell: Bell(), database: database, settings: settings, metrics: metrics, log: log)
            }
        }
        let bells = Dictionary(grouping: runners, by: \.queue).mapValues { $0.map(\.bell) }
        let cancellations = JobCancellations(
            worker: keeper.worker, hands: runners.map(\.hand), database: database, settings: settings,
            metrics: metrics, log: log)
        let wakeUps = WakeUps(
            database: database, lanes: lanes, bells: bells, cancellations: cancellations, settings: settings, log: log)
        let maintenance = JobMaintenance(
            database: database, settings: settings, metrics: metrics, log: log, cancellations: cancellations)
        try await withThrowingTaskGroup(of: Part.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await keeper.renew(since: registration) }
            group.addTask { await wakeUps.listen() }
            group.addTask { await wakeUps.poll() }
            group.addTask { await maintenance.run() }
            if !registry.schedules.isEmpty {
                let scheduler = JobScheduler(
                    schedules: registry.schedules, database: database, settings: settings, log: log)
                group.addTask { await scheduler.run() }
            }
            group.addTask {
                await withTaskGroup(of: Void.self) { group in
                    for runner in runners { group.addTask { await runner.run(until: stop) } }
                    if runners.isEmpty { group.addTask { await stop.wait() } }
                }
                return .queues
            }
            while let ended = try await group.next(), ended != .queues {}
        }
        try Task.checkCancellation()
        await keeper.leave()
    }

    /// What a life is made of; it ends when the queues have ended.
    enum Part { case lease, wakeUps, maintenance, schedules, queues }
}
