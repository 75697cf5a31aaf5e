import Runtime
import Synchronization

/// The figures of a server, by endpoint pattern and never by path: patterns are few, paths are without end.
final class ServerMetrics: Sendable {
    private struct Key: Hashable {
        let endpoint: String
        let method: String
        let family: String
    }

    private let requests: MetricFamily<Counter>
    private let durations: MetricFamily<Histogram>
    let inFlight: Gauge
    let connections: Gauge
    private let evictions: MetricFamily<Counter>
    private let known = Mutex<[Key: (Counter, Histogram)]>([:])

    init(_ metrics: Metrics) {
        requests = metrics.counter(
            "http_requests_total", "Requests answered, by endpoint.", labels: ["method", "endpoint", "code"])
        durations = metrics.histogram(
            "http_request_duration_seconds", "From the end of a request's head to the end of its answer.",
            labels: ["endpoint"])
        inFlight = metrics.gauge("http_requests_in_flight", "Requests that endpoints work on.")
        connections = metrics.gauge("http_connections", "Open connections.")
        evictions = metrics.counter(
            "http_evictions_total",
            "Connections closed because others needed their place, by what the server waited for on them.",
            labels: ["waiting_for"])
    }

    /// Counts a connection that was closed for the sake of others.
    func letGo(_ wait: Caller.Wait) { evictions.with(wait.label).add() }

    func note(_ method: String, endpoint: String, _ status: Status, _ duration: Duration) {
        let key = Key(endpoint: endpoint, method: method, family: status.family)
        let (counter, histogram) = known.withLock { known in
            if let found = known[key] { return found }
            let made = (requests.with(method, endpoint, status.family), durations.with(endpoint))
            known[key] = made
            return made
        }
        counter.add()
        histogram.observe(duration)
    }
}
