public import Moments
public import Runtime

/// How a worker works.
public struct JobWorkerSettings: Sendable {
    /// What operators see of the worker, such as the program's and the host's name. It need not be unique.
    public var name: String
    /// The queues it serves, of those its registry knows; all of these if nil.
    public var queues: Set<JobQueue>?
    /// The sites it serves, beside the jobs of no site; every site if nil.
    public var sites: Set<String>?
    /// How many jobs of a queue it runs at a time, where ``concurrencyOfQueue`` does not say otherwise.
    public var concurrency = 4
    public var concurrencyOfQueue: [JobQueue: Int] = [:]
    /// How many jobs of a queue it claims beyond those it can begin at once, so that a distant database costs no time
    /// between two of them.
    public var prefetch = 0
    /// How long the others wait for a sign of life before they take its jobs.
    public var lease = Duration.seconds(30)
    /// How long running handlers may go on after a stop; then they are cancelled and their jobs given back.
    public var grace = Duration.seconds(20)
    /// How often it looks for work if nobody tells it, give or take a fifth.
    public var pollInterval = Duration.seconds(1)
    /// How often it looks for lost workers, and measures how long the oldest jobs have waited.
    public var maintenanceInterval = Duration.seconds(5)
    /// How long finished jobs are remembered.
    public var retention = Duration.seconds(14 * 86_400)
    /// For its own pauses.
    public var time: any Timekeeper = SystemTime()
    /// The present for everything that the queue decides by time. Nil, outside of tests and simulations: the database's
    /// clock decides.
    public var now: @Sendable () -> Moment? = { nil }
    /// Where the chance in the waits between attempts comes from; a simulation gives a source that repeats itself.
    public var chance: @Sendable () -> UInt64 = { .random(in: .min ... .max) }

    public init(name: String) {
        self.name = name
    }

    /// The same with a grace for handlers that leaves some of the program's own for giving jobs back.
    public func stopping(within grace: Duration) -> JobWorkerSettings {
        var settings = self
        settings.grace = max(grace - .seconds(3), grace / 2)
        return settings
    }

    /// How many jobs of a queue it runs at a time.
    public func concurrency(of queue: JobQueue) -> Int { max(1, concurrencyOfQueue[queue] ?? concurrency) }
}

/// The chance of a worker's settings, for those who draw from it.
struct SettingsChance: RandomNumberGenerator {
    let settings: JobWorkerSettings

    func next() -> UInt64 { settings.chance() }
}
