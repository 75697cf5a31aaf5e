import Moments
import Synchronization

/// A number that only grows while the program runs.
public final class Counter: MetricValue {
    /// A counter.
    public static let type = MetricType.counter
    private let count = Atomic(0)
    private let parts = Mutex<[Counter]>([])

    init() {}

    /// Another counter whose count is in this one's too: for a thread that counts too often to contend for it with
    /// others. It stays as long as this one does.
    public func part() -> Counter {
        let part = Counter()
        parts.withLock { $0.append(part) }
        return part
    }

    /// Counts `amount` more, which is not negative.
    public func add(_ amount: Int = 1) {
        count.wrappingAdd(amount, ordering: .relaxed)
    }

    /// The count so far.
    public var value: Int {
        parts.withLock { parts in parts.reduce(count.load(ordering: .relaxed)) { $0 + $1.value } }
    }

    /// Writes the present samples.
    public func write(into text: inout MetricsText, name: String, labels: String) {
        text.sample(name, labels: labels, Double(value))
    }
}

/// A number that goes up and down.
public final class Gauge: MetricValue {
    /// A gauge.
    public static let type = MetricType.gauge
    private let bits = AtomicDouble()

    init() {}

    /// Makes the value `value`.
    public func set(_ value: Double) { bits.set(value) }

    /// Changes the value by `amount`.
    public func add(_ amount: Double) { bits.add(amount) }

    /// The present value.
    public var value: Double { bits.value }

    /// Writes the present samples.
    public func write(into text: inout MetricsText, name: String, labels: String) {
        text.sample(name, labels: labels, value)
    }
}

/// How a quantity is distributed: how many observations were at most so large, for a handful of sizes.
public final class Histogram: MetricValue {
    /// A histogram.
    public static let type = MetricType.histogram

    /// Seconds from a millisecond to half a minute, for durations that somebody waits for.
    public static let latencies: [Double] = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
    ]

    private let ends: [Double]
    private let counts: [Tally]
    private let sum = AtomicDouble()
    private let parts = Mutex<[Histogram]>([])

    private final class Tally: Sendable {
        let count = Atomic(0)
    }

    init(buckets: [Double]) {
        precondition(zip(buckets, buckets.dropFirst()).allSatisfy { $0 < $1 }, "Buckets ascend: \(buckets)")
        ends = buckets
        counts = (0...buckets.count).map { _ in Tally() }
    }

    /// Another histogram whose observations are in this one too; see ``Counter/part()``.
    public func part() -> Histogram {
        let part = Histogram(buckets: ends)
        parts.withLock { $0.append(part) }
        return part
    }

    /// Counts an observation.
    public func observe(_ value: Double) {
        var place = 0
        while place < ends.count, value > ends[place] { place += 1 }
        counts[place].count.wrappingAdd(1, ordering: .relaxed)
        sum.add(value)
    }

    /// Counts a duration, in seconds.
    public func observe(_ duration: Duration) {
        observe(Double(duration.wholeMicroseconds) / 1_000_000)
    }

    /// Writes the present samples.
    public func write(into text: inout MetricsText, name: String, labels: String) {
        let all = [self] + parts.withLock { $0 }
        var total = 0
        for place in counts.indices {
            total += all.reduce(0) { $0 + $1.counts[place].count.load(ordering: .relaxed) }
            let end = place < ends.count ? MetricsText.number(ends[place]) : "+Inf"
            let prefix = labels.isEmpty ? "" : labels + ","
            text.sample("\(name)_bucket", labels: "\(prefix)le=\"\(end)\"", Double(total))
        }
        text.sample("\(name)_sum", labels: labels, all.reduce(0) { $0 + $1.sum.value })
        text.sample("\(name)_count", labels: labels, Double(total))
    }
}

/// A floating-point number that several threads change.
private final class AtomicDouble: Sendable {
    private let bits = Atomic<UInt64>(0)

    var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }

    func add(_ amount: Double) {
        var known = bits.load(ordering: .relaxed)
        while true {
            let (exchanged, original) = bits.weakCompareExchange(
                expected: known, desired: (Double(bitPattern: known) + amount).bitPattern, ordering: .relaxed)
            if exchanged { return }
            known = original
        }
    }
}
