import Glibc

/// One of several ways to do the same work, measured in turn with the others.
public struct Contender {
    public let name: String
    /// Works for about so long and answers with what was measured, such as a rate.
    let measure: (Duration) async throws -> Double

    public init(_ name: String, measure: @escaping (Duration) async throws -> Double) {
        (self.name, self.measure) = (name, measure)
    }

    /// A contender that needs no waiting: its rate is units of work per second of processor time of one core, so other
    /// work on the machine changes it little.
    ///
    /// - Parameter batch: does some work and answers with how many units it was; a few milliseconds' worth.
    public static func perCore(_ name: String, batch: @escaping () throws -> Int) -> Contender {
        Contender(name) { try rate(for: $0, batch: batch) }
    }

    /// Units of work per second of processor time, over about so long.
    public static func rate(for duration: Duration, batch: () throws -> Int) rethrows -> Double {
        let end = ContinuousClock.now + duration
        let start = processorSeconds()
        var units = 0
        repeat { units += try batch() } while ContinuousClock.now < end
        return Double(units) / (processorSeconds() - start)
    }

    /// Processor time of the calling thread. Between two calls without a point of suspension it is the same thread.
    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

extension Benchmark {
    /// The median of each contender over several rounds. In each round everyone has a turn, so what else the machine
    /// does meets all of them; a short round before the first one warms up and does not count.
    ///
    /// - Parameter share: the part of the benchmark's time that this measurement may take.
    public func medians(_ contenders: [Contender], rounds: Int = 5, share: Double = 1) async throws -> [Double] {
        let turn = Duration.seconds(options.seconds * share / Double(contenders.count * rounds))
        for contender in contenders { _ = try await contender.measure(turn / 5) }
        var results: [[Double]] = contenders.map { _ in [] }
        for round in 1...rounds {
            for (index, contender) in contenders.enumerated() {
                Self.say("round \(round) of \(rounds): \(contender.name)")
                results[index].append(try await contender.measure(turn))
            }
        }
        return results.map(Self.median)
    }

    /// The middle of some numbers; of an even count the mean of the two in the middle.
    /// - Precondition: there is one.
    public static func median(_ numbers: [Double]) -> Double {
        let sorted = numbers.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    /// The smallest number that is not below so much of the others: 0.99 for the 99th percentile.
    /// - Precondition: there is one.
    public static func percentile(_ part: Double, of numbers: [Double]) -> Double {
        let sorted = numbers.sorted()
        return sorted[min(max(Int((part * Double(sorted.count)).rounded(.up)) - 1, 0), sorted.count - 1)]
    }
}
