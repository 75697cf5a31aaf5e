import Desk
public import DeskStore
import Moments
import Postgres
public import Runtime

/// Tells of deadlines when they are near and when they are missed. Any number of copies share the work; none is
/// special.
public struct DeadlineWatch: Service {
    public let name = "deadlines"
    private let store: DeskStore
    private let sites: [String]?
    private let log: Log
    private let figures: Figures

    /// How many deadlines a transaction takes.
    private let batch: Int
    /// How long the watch sleeps at the most: a deadline may come nearer by another copy's hand.
    static let longestNap = Duration.seconds(2)

    private struct Figures {
        /// How long after it was due a deadline was told, in seconds.
        let lateness: Histogram
        let failures: Counter
    }

    /// - Parameters:
    ///   - sites: the codes of the sites served; all of them if nil.
    ///   - batch: how many deadlines a transaction takes; few enough that people who work on their tickets wait little.
    public init(_ store: DeskStore, sites: Set<String>?, batch: Int = 500, metrics: Metrics, log: Log) {
        (self.store, self.batch, self.log) = (store, batch, log)
        self.sites = sites?.sorted()
        figures = Figures(
            lateness: metrics.histogram(
                "meridian_deadline_lateness_seconds", "How long after it was due a deadline was told.",
                buckets: [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600]),
            failures: metrics.counter(
                "meridian_deadline_failures_total", "How often a deadline could not be told and was set aside."))
    }

    public func run(until stop: StopSignal) async throws {
        while !stop.isRaised {
            var nap = Self.longestNap
            do {
                let (now, next) = (store.timekeeper.now, try await store.nextDeadline())
                if let next, next > now {
                    nap = min(next.duration(since: now), nap)
                } else if next != nil, try await fire(until: stop) > 0 {
                    continue
                }
            } catch let error as DatabaseError where error.isTransient {
                log.warning("deadlines wait for the database", ["err": .error(error)])
            } catch {
                log.error("deadlines cannot be told", ["err": .error(error)])
            }
            let rest = nap
            _ = try await stop.untilRaised { try await store.timekeeper.wait(for: rest) }
        }
    }

    /// Fires what is due, and returns how many deadlines there were. One that cannot be fired is set aside and holds up
    /// no other: when a batch fails, halves of it are tried, down to the one.
    public func fire(until stop: StopSignal = StopSignal()) async throws -> Int {
        var (size, total) = (batch, 0)
        while !stop.isRaised {
            var claimed: [ClaimedDeadline] = []
            do {
                try await store.transaction { (transaction: borrowing Transaction) in
                    claimed = try await store.claimDeadlines(
                        size, at: sites, now: store.timekeeper.now, using: transaction)
                    try await store.fire(claimed, using: transaction)
                    if !claimed.isEmpty { RoutingPoint.deadlineBeforeCommit.pass() }
                }
            } catch  where error.isOfDeadlines && !claimed.isEmpty {
                if claimed.count == 1 { try await setAside(claimed[0], because: error) }
                size = max(1, claimed.count / 2)
                continue
            }
            if claimed.isEmpty { break }
            RoutingPoint.deadlineAfterCommit.pass()
            let now = store.timekeeper.now
            for deadline in claimed { figures.lateness.observe(now.duration(since: deadline.dueAt)) }
            total += claimed.count
            size = min(size * 2, batch)
        }
        return total
    }

    private func setAside(_ deadline: ClaimedDeadline, because error: any Error) async throws {
        guard let next = try await store.setAside(deadline, because: "\(error)") else { return }
        figures.failures.add()
        log.error(
            "a deadline could not be told and is set aside",
            ["ticket": .string(deadline.number), "retry_at": .string(next.rfc3339), "err": .error(error)])
    }
}

extension Error {
    /// Whether what went wrong lies in what was to be written, and not in the way to the database.
    fileprivate var isOfDeadlines: Bool {
        guard let error = self as? DatabaseError else { return !(self is CancellationError) }
        switch error.reason {
        case .rejected, .undecodable: return !error.isTransient
        case .unreachable, .exhausted, .cancelled, .commitUnknown, .misused: return false
        }
    }
}
