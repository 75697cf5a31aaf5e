import Desk
public import DeskStore
import Moments
import Postgres
public import Runtime

/// Claims the hours for which rules wait when they come, and leaves the rules to be asked. Any number of copies share
/// the work; none is special.
public struct AutomationWatch: Service {
    public let name = "automation"
    private let store: DeskStore
    private let sites: [String]?
    private let log: Log
    /// How long after its hour a rule was asked, in seconds.
    private let lateness: Histogram

    /// How many hours a transaction takes; a full one is followed by the next at once.
    static let batch = 200
    /// How long the watch sleeps at the most: another program may set an hour that comes sooner.
    static let longestNap = Duration.seconds(2)

    /// - Parameter sites: the codes of the sites served; all of them if nil.
    public init(_ store: DeskStore, sites: Set<String>?, metrics: Metrics, log: Log) {
        (self.store, self.log) = (store, log)
        lateness = metrics.histogram(
            "meridian_automation_lateness_seconds", "How long after its hour a rule was asked.",
            buckets: [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600])
        self.sites = sites?.sorted()
    }

    public func run(until stop: StopSignal) async throws {
        while !stop.isRaised {
            do {
                while try await fire() == Self.batch, !stop.isRaised {}
            } catch let error as DatabaseError where error.isTransient {
                log.warning("the hours of rules wait for the database", ["err": .error(error)])
            } catch {
                log.error("the hours of rules could not be claimed", ["err": .error(error)])
            }
            _ = try await stop.untilRaised { try await store.timekeeper.wait(for: Self.longestNap) }
        }
    }

    /// Claims what is due, and returns how many hours that were.
    public func fire() async throws -> Int {
        let now = store.timekeeper.now
        let due = try await store.transaction { (transaction: borrowing Transaction) in
            try await store.claimTimers(Self.batch, at: sites, now: now, using: transaction)
        }
        for timer in due { lateness.observe(now.duration(since: timer.dueAt)) }
        return due.count
    }
}
