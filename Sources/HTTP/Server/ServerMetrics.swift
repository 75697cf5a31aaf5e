import Runtime
import Synchronization

/// The figures of a server, by endpoint pattern and never by path: patterns are few, paths are without end.
final class ServerMetrics: Sendable {
    private let requests: MetricFamily<Counter>
    private let durations: MetricFamily<Histogram>
    let connections: Gauge
    private let evictions: MetricFamily<Counter>
    private let known = Mutex<[ObjectIdentifier: [RequestFigures.Key: RequestFigures]]>([:])

    init(_ metrics: Metrics, _ load: Load) {
        requests = metrics.counter(
            "http_requests_total", "Requests answered, by endpoint.", labels: ["method", "endpoint", "code"])
        durations = metrics.histogram(
            "http_request_duration_seconds", "From the end of a request's head to the end of its answer.",
            labels: ["endpoint"])
        // Counted where it is needed anyway.
        metrics.reading("http_requests_in_flight", "Requests that endpoints work on.") { [([], Double(load.atWork))] }
        connections = metrics.gauge("http_connections", "Open connections.")
        evictions = metrics.counter(
            "http_evictions_total",
            "Connections closed because others needed their place, by what the server waited for on them.",
            labels: ["waiting_for"])
    }

    /// Counts a connection that was closed for the sake of others.
    func letGo(_ wait: Caller.Wait) { evictions.with(wait.label).add() }

    /// The figures of such requests on one loop, since loops that count together contend for it; keep them where they
    /// are asked for often.
    func figures(_ key: RequestFigures.Key, on loop: EventLoop) -> RequestFigures {
        known.withLock { known in
            if let found = known[ObjectIdentifier(loop)]?[key] { return found }
            let made = RequestFigures(
                key, requests.with(key.method, key.endpoint, "\(key.family)xx").part(),
                durations.with(key.endpoint).part())
            known[ObjectIdentifier(loop), default: [:]][key] = made
            return made
        }
    }
}

/// The figures of requests that are counted together.
final class RequestFigures: Sendable {
    struct Key: Hashable {
        let method: String
        let endpoint: String
        /// The first digit of the status.
        let family: Int

        init(_ method: String, endpoint: String, _ status: Status) {
            self.method = method
            self.endpoint = endpoint
            family = status.code / 100
        }
    }

    let key: Key
    private let count: Counter
    private let durations: Histogram

    init(_ key: Key, _ count: Counter, _ durations: Histogram) {
        self.key = key
        self.count = count
        self.durations = durations
    }

    func note(_ seconds: Double) {
        count.add()
        durations.observe(seconds)
    }
}
