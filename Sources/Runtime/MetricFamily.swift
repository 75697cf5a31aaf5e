import Synchronization

/// What a collector has to know to read a family of metrics rightly.
public enum MetricType: String, Sendable {
    case counter
    case gauge
    case histogram
}

/// A single figure or distribution.
public protocol MetricValue: Sendable {
    static var type: MetricType { get }
    /// Writes the samples of a metric of that name and those labels.
    func write(into text: inout MetricsText, name: String, labels: String)
}

/// A family as the registry sees it.
protocol AnyMetricFamily: Sendable {
    var name: String { get }
    func write(into text: inout MetricsText)
}

/// The metrics of one name, one for each combination of label values that has occurred.
public final class MetricFamily<Metric: MetricValue>: Sendable, AnyMetricFamily {
    let name: String
    let labelNames: [String]
    private let help: String
    private let make: @Sendable () -> Metric
    private let metrics = Mutex<[[String]: Metric]>([:])

    init(name: String, help: String, labelNames: [String], make: @escaping @Sendable () -> Metric) {
        self.name = name
        self.help = help
        self.labelNames = labelNames
        self.make = make
    }

    /// The metric with these values, in the order of the label names; keep it where it is used often.
    public func with(_ values: String...) -> Metric {
        precondition(values.count == labelNames.count, "\(name) has the labels \(labelNames), not \(values).")
        return metrics.withLock { metrics in
            if let metric = metrics[values] { return metric }
            let metric = make()
            metrics[values] = metric
            return metric
        }
    }

    func write(into text: inout MetricsText) {
        let metrics = metrics.withLock { $0.sorted { $0.key.lexicographicallyPrecedes($1.key) } }
        guard !metrics.isEmpty else { return }
        text.begin(name, help, Metric.type)
        for (values, metric) in metrics {
            metric.write(into: &text, name: name, labels: MetricsText.labels(labelNames, values))
        }
    }
}

/// Metrics whose values somebody else keeps.
struct ReadMetricFamily: AnyMetricFamily {
    let name: String
    let help: String
    let type: MetricType
    let labelNames: [String]
    let read: @Sendable () -> [(labels: [String], value: Double)]

    func write(into text: inout MetricsText) {
        let samples = read()
        guard !samples.isEmpty else { return }
        text.begin(name, help, type)
        for sample in samples {
            text.sample(name, labels: MetricsText.labels(labelNames, sample.labels), sample.value)
        }
    }
}
