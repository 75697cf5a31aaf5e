public import DeskStore
import Moments
import Postgres
public import Runtime

/// Makes the log's partition of this month and the next before their first event comes.
public struct MonthKeeper: Service {
    public let name = "months"
    private let store: DeskStore
    private let log: Log

    public init(_ store: DeskStore, log: Log) { (self.store, self.log) = (store, log) }

    public func run(until stop: StopSignal) async throws {
        while !stop.isRaised {
            do {
                for days in [0, 31] {
                    let day = String((store.timekeeper.now + .seconds(days * 86_400)).rfc3339.prefix(10))
                    try await store.database.run("select make_event_partition(\(day)::text::date)")
                }
            } catch {
                log.warning("the log's months wait for the database", ["err": .error(error)])
            }
            _ = try await stop.untilRaised { try await store.timekeeper.wait(for: .seconds(3600)) }
        }
    }
}
