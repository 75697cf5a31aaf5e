import Runtime
import Sockets

/// What all connections of a server share.
final class ServerContext: Sendable {
    let router: Router
    let limits: ServerLimits
    let proxies: TrustedProxies
    let hosts: ServedHosts
    let log: Log
    let logsAccess: Bool
    let metrics: ServerMetrics
    let time: any Timekeeper
    let callers: Callers
    let load: Load

    init(
        router: Router, limits: ServerLimits, proxies: TrustedProxies, hosts: ServedHosts, log: Log, logsAccess: Bool,
        metrics: Metrics, time: any Timekeeper
    ) {
        self.router = router
        self.limits = limits
        self.proxies = proxies
        self.hosts = hosts
        self.log = log
        self.logsAccess = logsAccess
        load = Load(most: limits.requestsInFlight)
        self.metrics = ServerMetrics(metrics, load)
        self.time = time
        callers = Callers(limits, self.metrics)
    }

    /// A connection of that peer, which may not be counted in yet.
    func caller(_ stream: ByteStream, from peer: SocketAddress?) -> Caller {
        let isTrusted = proxies.trusts(peer)
        let origin = isTrusted ? nil : peer?.host?.household
        return Caller(
            stream, peer: peer, origin: origin, isTrusted: isTrusted, share: load.share(of: origin ?? .v4(0)))
    }
}
