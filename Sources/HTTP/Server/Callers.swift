import Runtime
import Sockets
import Synchronization

/// All connections of a server. Where places are short, those that keep it waiting make room for those who come.
final class Callers: Sendable {
    private let connections: Int
    private let perAddress: Int
    private let metrics: ServerMetrics
    private let groups = Mutex<[IPAddress?: [ObjectIdentifier: Caller]]>([:])

    init(_ limits: ServerLimits, _ metrics: ServerMetrics) {
        connections = limits.connections
        perAddress = limits.connectionsPerAddress
        self.metrics = metrics
    }

    /// Counts a connection in; if its address has too many, others of that address are let go.
    ///
    /// - Returns: false if none of them can be spared, because endpoints work for all; then it is not counted.
    func admit(_ caller: Caller) -> Bool {
        let (isWelcome, spare) = groups.withLock { groups in
            var spare: [Caller] = []
            if caller.origin != nil, let group = groups[caller.origin], group.count >= perAddress {
                spare = Self.dispensable(group.values, Self.share(of: perAddress))
                if spare.isEmpty { return (false, spare) }
            }
            groups[caller.origin, default: [:]][ObjectIdentifier(caller)] = caller
            return (true, spare)
        }
        if isWelcome { metrics.connections.add(1) }
        letGo(spare)
        return isWelcome
    }

    /// Counts a connection out that was counted in.
    func dismiss(_ caller: Caller) {
        metrics.connections.add(-1)
        groups.withLock { groups in
            groups[caller.origin]?[ObjectIdentifier(caller)] = nil
            if groups[caller.origin]?.isEmpty == true { groups[caller.origin] = nil }
        }
    }

    /// Lets some connections go because the server has no place left: of the address that has most of them, if any of
    /// those can be spared.
    func makeRoom() {
        let spare = groups.withLock { groups in
            // What is all at work has nothing to spare; then the next largest is asked.
            for group in groups.values.sorted(by: { $0.count > $1.count }) {
                let spare = Self.dispensable(group.values, Self.share(of: connections))
                if !spare.isEmpty { return spare }
            }
            return []
        }
        letGo(spare)
    }

    /// How many are let go at once: looking for them takes longer the more there are, so it must not be done for each.
    private static func share(of limit: Int) -> Int { max(1, limit / 64) }

    /// Those that have kept the server waiting most, at most `count`.
    private static func dispensable(_ callers: some Collection<Caller>, _ count: Int) -> [Caller] {
        let now = Caller.milliseconds
        var ranked: [(Caller, UInt64)] = []
        for caller in callers {
            let value = caller.dispensability(at: now)
            if value > 0 { ranked.append((caller, value)) }
        }
        ranked.sort { $0.1 > $1.1 }
        return ranked.prefix(count).map(\.0)
    }

    private func letGo(_ callers: [Caller]) {
        for caller in callers { caller.letGo { [metrics] wait in metrics.letGo(wait) } }
    }
}
