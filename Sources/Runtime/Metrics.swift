import Synchronization

/// The figures that a program publishes about itself: counters, gauges and histograms, by name.
///
/// Whoever counts keeps what `counter`, `gauge` or `histogram` returned; counting is then an atomic addition. Asking
/// twice for the same name returns the same family. Names carry their unit (`_seconds`, `_bytes`), counters end in
/// `_total`; values of labels must come from a small set that no stranger chooses.
public final class Metrics: Sendable {
    private let families = Mutex<[String: any AnyMetricFamily]>([:])

    /// A registry without figures.
    public init() {}

    /// A count without labels that only grows; its name ends in `_total`.
    public func counter(_ name: String, _ help: String) -> Counter {
        counter(name, help, labels: []).with()
    }

    /// Counts that only grow, one for each combination of label values; the name ends in `_total`.
    public func counter(_ name: String, _ help: String, labels: [String]) -> MetricFamily<Counter> {
        precondition(name.hasSuffix("_total"), "The name of a counter ends in _total: \(name)")
        return family(name, help, labels) { Counter() }
    }

    /// A value without labels that goes up and down.
    public func gauge(_ name: String, _ help: String) -> Gauge {
        gauge(name, help, labels: []).with()
    }

    /// Values that go up and down, one for each combination of label values.
    public func gauge(_ name: String, _ help: String, labels: [String]) -> MetricFamily<Gauge> {
        family(name, help, labels) { Gauge() }
    }

    /// Values that are asked for when somebody reads the figures; `read` answers label values and value, must not block
    /// and replaces a former reader of the same name.
    ///
    /// - Parameter type: gauge, or counter for a number that another part already counts (its name then ends in
    ///   `_total`).
    public func reading(
        _ name: String, _ help: String, type: MetricType = .gauge, labels: [String] = [],
        _ read: @escaping @Sendable () -> [(labels: [String], value: Double)]
    ) {
        Self.check(name, labels)
        let family = ReadMetricFamily(name: name, help: help, type: type, labelNames: labels, read: read)
        families.withLock { $0[name] = family }
    }

    /// A distribution without labels.
    public func histogram(_ name: String, _ help: String, buckets: [Double] = Histogram.latencies) -> Histogram {
        histogram(name, help, labels: [], buckets: buckets).with()
    }

    /// Distributions, one for each combination of label values.
    ///
    /// - Parameter buckets: the upper ends of the buckets, ascending; the last one, without end, is added.
    public func histogram(
        _ name: String, _ help: String, labels: [String], buckets: [Double] = Histogram.latencies
    ) -> MetricFamily<Histogram> {
        family(name, help, labels) { Histogram(buckets: buckets) }
    }

    /// All figures as text for whoever collects them.
    public func text(as format: MetricsFormat = .prometheus) -> String {
        let families = families.withLock { $0.values.sorted { $0.name < $1.name } }
        var text = MetricsText(format: format)
        for family in families { family.write(into: &text) }
        return text.finished()
    }

    private func family<Metric: MetricValue>(
        _ name: String, _ help: String, _ labels: [String], _ make: @escaping @Sendable () -> Metric
    ) -> MetricFamily<Metric> {
        Self.check(name, labels)
        return families.withLock { families in
            if let known = families[name] {
                guard let family = known as? MetricFamily<Metric>, family.labelNames == labels else {
                    preconditionFailure("\(name) is registered as another kind of metric or with other labels.")
                }
                return family
            }
            let family = MetricFamily(name: name, help: help, labelNames: labels, make: make)
            families[name] = family
            return family
        }
    }

    private static func check(_ name: String, _ labels: [String]) {
        for word in [name] + labels {
            let isWord = word.utf8.allSatisfy { $0 == 0x5F || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
            precondition(
                isWord && word.utf8.first.map { $0 > 0x39 } == true,
                "Names of metrics and labels are of a-z, 0-9 and _: \(word)")
        }
    }
}
