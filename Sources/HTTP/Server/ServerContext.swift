import Runtime
import Sockets
import Synchronization

/// What all connections of a server share.
final class ServerContext: Sendable {
    let router: Router
    let limits: ServerLimits
    let proxies: TrustedProxies
    /// The hosts that requests may be for, in lower case; empty for any.
    let hosts: Set<String>
    let log: Log
    let logsAccess: Bool
    let metrics: ServerMetrics
    let date: DateLine
    private let inFlight = Atomic(0)
    private let addresses = Mutex<[IPAddress: Int]>([:])

    init(
        router: Router, limits: ServerLimits, proxies: TrustedProxies, hosts: Set<String>, log: Log, logsAccess: Bool,
        metrics: Metrics, time: any Timekeeper
    ) {
        self.router = router
        self.limits = limits
        self.proxies = proxies
        self.hosts = Set(hosts.map { $0.lowercased() })
        self.log = log
        self.logsAccess = logsAccess
        self.metrics = ServerMetrics(metrics)
        date = DateLine(time)
    }

    /// Counts a connection in. False if its address has too many already; then it is not counted.
    func admit(_ peer: SocketAddress?) -> Bool {
        metrics.connections.add(1)
        guard let address = peer?.host, !proxies.trusts(peer) else { return true }
        let isWelcome = addresses.withLock { addresses in
            guard addresses[address, default: 0] < limits.connectionsPerAddress else { return false }
            addresses[address, default: 0] += 1
            return true
        }
        if !isWelcome { metrics.connections.add(-1) }
        return isWelcome
    }

    /// Counts a connection out that was counted in.
    func dismiss(_ peer: SocketAddress?) {
        metrics.connections.add(-1)
        guard let address = peer?.host, !proxies.trusts(peer) else { return }
        addresses.withLock { addresses in
            let left = addresses[address, default: 1] - 1
            addresses[address] = left > 0 ? left : nil
        }
    }

    /// Counts a request in. False if too many are being answered; it is counted all the same.
    func begin() -> Bool {
        metrics.inFlight.add(1)
        return inFlight.wrappingAdd(1, ordering: .relaxed).newValue <= limits.requestsInFlight
    }

    /// Counts a request out.
    func end() {
        metrics.inFlight.add(-1)
        inFlight.wrappingSubtract(1, ordering: .relaxed)
    }
}
