import Runtime
import Testing

@Suite("Figures of a program")
struct MetricsTests {
    private func filled() -> Metrics {
        let metrics = Metrics()
        let requests = metrics.counter("http_requests_total", "Requests answered.", labels: ["route", "code"])
        requests.with("/desk", "200").add(3)
        requests.with("/a\"b\\c\nd", "404").add()
        metrics.gauge("pool_in_use", "Connections in use.").set(2.5)
        let durations = metrics.histogram("wait_seconds", "Time\nwaited.", buckets: [0.1, 1])
        for value in [0.05, 0.1, 0.5, 7] { durations.observe(value) }
        metrics.reading("age_seconds", "Age of the oldest.", labels: ["queue"]) { [(["mail"], .infinity)] }
        _ = metrics.counter("unused_total", "Nobody counted.", labels: ["x"])
        return metrics
    }

    @Test("The text for Prometheus has help and type once a family, then its samples")
    func prometheus() {
        #expect(
            filled().text() == """
                # HELP age_seconds Age of the oldest.
                # TYPE age_seconds gauge
                age_seconds{queue="mail"} +Inf
                # HELP http_requests_total Requests answered.
                # TYPE http_requests_total counter
                http_requests_total{route="/a\\"b\\\\c\\nd",code="404"} 1
                http_requests_total{route="/desk",code="200"} 3
                # HELP pool_in_use Connections in use.
                # TYPE pool_in_use gauge
                pool_in_use 2.5
                # HELP wait_seconds Time\\nwaited.
                # TYPE wait_seconds histogram
                wait_seconds_bucket{le="0.1"} 2
                wait_seconds_bucket{le="1"} 3
                wait_seconds_bucket{le="+Inf"} 4
                wait_seconds_sum 7.65
                wait_seconds_count 4

                """)
    }

    @Test("OpenMetrics names a counter without its suffix, adds units and ends with its mark")
    func openMetrics() {
        let text = filled().text(as: .openMetrics)
        #expect(
            text.contains("# TYPE http_requests counter\n# HELP http_requests Requests answered.\nhttp_requests_total{")
        )
        #expect(text.contains("# TYPE wait_seconds histogram\n# UNIT wait_seconds seconds\n# HELP wait_seconds"))
        #expect(text.hasSuffix("\n# EOF\n"))
        #expect(!text.contains("\n\n"))
    }

    @Test("The same name is the same family, from any thread, and no count is lost")
    func shared() async {
        let metrics = Metrics()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let count = metrics.counter("jobs_total", "Jobs.", labels: ["queue"]).with("mail")
                    let sum = metrics.gauge("sum", "A sum.")
                    for _ in 0..<1_000 {
                        count.add()
                        sum.add(0.5)
                    }
                }
            }
        }
        #expect(metrics.counter("jobs_total", "Jobs.", labels: ["queue"]).with("mail").value == 8_000)
        #expect(metrics.gauge("sum", "A sum.").value == 4_000)
    }

    @Test("What a part counts is in the whole")
    func parts() {
        let metrics = Metrics()
        let count = metrics.counter("jobs_total", "Jobs.")
        let waits = metrics.histogram("wait_seconds", "Waits.", buckets: [1])
        for part in [count.part(), count.part(), count] { part.add(2) }
        for part in [waits.part(), waits.part(), waits] { part.observe(0.5) }
        waits.part().observe(3)
        #expect(count.value == 6)
        let samples = metrics.text().split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            samples == [
                "jobs_total 6", "wait_seconds_bucket{le=\"1\"} 3", "wait_seconds_bucket{le=\"+Inf\"} 4",
                "wait_seconds_sum 4.5", "wait_seconds_count 4",
            ])
    }

    @Test(
        "The collector's wish decides the form",
        arguments: [
            (nil, MetricsFormat.prometheus), ("*/*", .prometheus), ("text/plain", .prometheus),
            ("application/openmetrics-text; version=1.0.0", .openMetrics),
            ("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3", .openMetrics),
            ("application/openmetrics-text;q=0.2, text/plain;q=0.9", .prometheus),
            ("application/openmetrics-text;q=0", .prometheus),
        ])
    func negotiation(accept: String?, format: MetricsFormat) {
        #expect(MetricsFormat(accept: accept) == format)
    }
}
