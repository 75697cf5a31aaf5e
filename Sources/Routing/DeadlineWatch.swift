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

    /// How many deadlines a transaction takes: few enough that copies do not wait for one another.
    static let batch = 50
    /// How long the watch sleeps at the most: a deadline may come nearer by another copy's hand.
    static let longestNap = Duration.seconds(2)

    /// - Parameter sites: the codes of the sites served; all of them if nil.
    public init(_ store: DeskStore, sites: Set<String>?, log: Log) {
        (self.store, self.log) = (store, log)
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
        let count = try await store.transaction { (transaction: borrowing Transaction) in
            let now = store.timekeeper.now
            let due = try await store.claimDeadlines(Self.batch, at: sites, now: now, using: transaction)
            for deadline in due where deadline.state != .resolved && deadline.state != .closed {
                try await store.record(on: deadline.ticket, Recording(by: .program), using: transaction) { _ in
                    switch deadline.kind {
                    case .warning: .deadlineNear(deadline.mark)
                    case .breach: .deadlineMissed(deadline.mark)
                    }
                }
            }
            if !due.isEmpty { RoutingPoint.deadlineBeforeCommit.pass() }
            return due.count
        }
        if count > 0 { RoutingPoint.deadlineAfterCommit.pass() }
        return count
    }
}
