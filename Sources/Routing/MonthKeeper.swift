public import DeskStore
import Postgres
public import Runtime

/// Makes the log's partition of this month and the next before their first event comes.
public struct MonthKeeper: Service {
    public let name = "months"
    private let store: DeskStore
    private let log: Log

    /// How long until it looks again: when all is well, when the database or the log is not free, and when the server
    /// refuses for a reason that will not pass by itself.
    static let rhythm = (usual: Duration.seconds(3600), soon: Duration.seconds(5), refused: Duration.seconds(300))

    public init(_ store: DeskStore, log: Log) { (self.store, self.log) = (store, log) }

    public func run(until stop: StopSignal) async throws {
        while !stop.isRaised {
            let pause = await keep()
            _ = try await stop.untilRaised { try await store.timekeeper.wait(for: pause) }
        }
    }

    /// Makes what is missing; how long it is until the next look.
    func keep() async -> Duration {
        do {
            guard let moved = try await LogMonths(store.database).make(at: store.timekeeper.now) else {
                log.info("a month of the log waits until nobody writes for a moment")
                return Self.rhythm.soon
            }
            if moved > 0 {
                log.warning("events had come before their month's partition and were moved", ["count": .int(moved)])
            }
            return Self.rhythm.usual
        } catch let error as DatabaseError where error.isTransient {
            log.warning("the log's months wait for the database", ["err": .error(error)])
            return Self.rhythm.soon
        } catch {
            log.error(
                "a month of the log cannot be made; its events go where those without a month go",
                ["err": .error(error)])
            return Self.rhythm.refused
        }
    }
}
