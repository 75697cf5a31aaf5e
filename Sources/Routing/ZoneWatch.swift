public import DeskStore
public import Runtime

/// Notices that the zone database of its machine says something else than before, once when the program starts and
/// then daily. Any number of copies do it; what one has noticed is known to all.
public struct ZoneWatch: Service {
    public let name = "zones"
    private let store: DeskStore
    private let log: Log

    static let interval = Duration.seconds(86_400)
    static let retry = Duration.seconds(60)

    public init(_ store: DeskStore, log: Log) { (self.store, self.log) = (store, log) }

    public func run(until stop: StopSignal) async throws {
        while !stop.isRaised {
            var wait = Self.interval
            do {
                for zone in try await store.followZones() {
                    log.warning("the clocks of a zone change otherwise from now on", ["zone": .string(zone)])
                }
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                log.warning("the zones wait for the database", ["err": .error(error)])
                wait = Self.retry
            }
            _ = try await stop.untilRaised { [wait] in try await store.timekeeper.wait(for: wait) }
        }
    }
}
