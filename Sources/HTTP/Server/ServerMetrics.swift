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
    private let known = Mutex<[Key: (Counter, Histogram)]>([:])

    init(_ metrics: Metrics) {
        requests = metrics.counter(
            "http_requests_total", "Requests answered, by endpoint.", labels: ["method", "endpoint", "code"])
        durations = metrics.histogram(
            "http_request_duration_seconds", "From the end of a request's head to the end of its answer.",
            labels: ["endpoint"])
        inFlight = metrics.gauge("http_requests_in_flight", "Requests that are being answered.")
        connections = metrics.gauge("http_connections", "Open connections.")
    }

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
