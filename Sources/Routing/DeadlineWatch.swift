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
    /// How long after it was due a deadline was told, in seconds.
    private let lateness: Histogram

    /// How many deadlines a transaction takes: few enough that copies do not wait for one another.
    static let batch = 50
    /// How long the watch sleeps at the most: a deadline may come nearer by another copy's hand.
    static let longestNap = Duration.seconds(2)

    /// - Parameter sites: the codes of the sites served; all of them if nil.
    public init(_ store: DeskStore, sites: Set<String>?, metrics: Metrics, log: Log) {
        (self.store, self.log) = (store, log)
        lateness = metrics.histogram(
            "meridian_deadline_lateness_seconds", "How long after it was due a deadline was told.",
            buckets: [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600])
        self.sites = sites?.sorted()
    }

    public func run(until stop: StopSignal) async throws {
        while !stop.isRaised {
            do {
                while try await fire() == Self.batch, !stop.isRaised {}
            } catch let error as DatabaseError where error.isTransient {
                log.warning("deadlines wait for the database", ["err": .error(error)])
            } catch {
                log.error("a deadline could not be told", ["err": .error(error)])
            }
            _ = try await stop.untilRaised { try await store.timekeeper.wait(for: Self.longestNap) }
        }
    }

    /// Fires what is due, each with its event in one transaction, and returns how many there were.
    public func fire() async throws -> Int {
        let due = try await store.transaction { (transaction: borrowing Transaction) in
            let now = store.timekeeper.now
            let due = try await store.claimDeadlines(Self.batch, at: sites, now: now, using: transaction)
            for deadline in due where deadline.state != .resolved && deadline.state != .closed {
                do {
                    try await store.record(on: deadline.ticket, Recording(by: .program), using: transaction) { _ in
                        deadline.event
                    }
                } catch let refusal as Refusal where refusal.reason == .isEscalatedAlready {
                    // Another target or a person has carried it up that far.
                    continue
                }
            }
            if !due.isEmpty { RoutingPoint.deadlineBeforeCommit.pass() }
            return due
        }
        if !due.isEmpty { RoutingPoint.deadlineAfterCommit.pass() }
        let now = store.timekeeper.now
        for deadline in due { lateness.observe(now.duration(since: deadline.dueAt)) }
        return due.count
    }
}

extension DueDeadline {
    /// What happens to the ticket when its hour has come.
    fileprivate var event: Ticket.Event {
        switch (kind, level) {
        case (.escalation, let level?): .escalated(level, .deadlineMissed)
        case (.warning, _): .deadlineNear(mark)
        case (.breach, _), (.escalation, nil): .deadlineMissed(mark)
        }
    }
}
