public import DeskStore
import Postgres
public import Runtime

/// Removes the expired keys, counts and sessions of the doors, requests that were not sent, and uploads that were cut
/// off. Every gateway does it; none waits for another.
public struct Sweeper: Service {
    public let name = "sweeper"
    private let store: DeskStore
    private let log: Log

    /// How many rows a transaction removes: few enough that nobody notices it.
    static let batch = 500
    /// How many requests with their files, or uploads that were cut off; each may be large.
    static let drafts = 4
    static let pause = Duration.seconds(600)

    public init(_ store: DeskStore, log: Log) { (self.store, self.log) = (store, log) }

    public func run(until stop: StopSignal) async throws {
        while !stop.isRaised {
            do {
                for leftover in Leftover.allCases {
                    while try await store.sweep(leftover, atMost: Self.batch) == Self.batch, !stop.isRaised {}
                }
                while try await store.sweepRequestDrafts(atMost: Self.drafts) == Self.drafts, !stop.isRaised {}
                while try await store.sweepDrafts(atMost: Self.drafts) == Self.drafts, !stop.isRaised {}
            } catch let error as DatabaseError where error.isTransient {
                log.info("sweeping waits for the database", ["err": .error(error)])
            } catch {
                log.error("what has expired could not be removed", ["err": .error(error)])
            }
            _ = try await stop.untilRaised { try await store.timekeeper.wait(for: Self.pause) }
        }
    }
}
