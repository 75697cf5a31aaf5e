import BenchmarkSupport
import Runtime
import Synchronization

/// What several callers reached together.
struct Reached {
    let seconds: Double
    /// How long each call took, in milliseconds.
    let latencies: [Double]

    var perSecond: Double { Double(latencies.count) / seconds }
}

/// Somebody who calls again and again on a connection of his own, on the loop on which it was made.
protocol Caller {
    /// Calls once; each call has a number of its own.
    mutating func call(_ number: Int) async throws
    func close()
}

/// Callers who call for some time, each when it has its answer.
struct Crowd: Sendable {
    let count: Int
    let door: Doors.Door
    let doors: Doors
    /// How many calls a second all of them make; nil for as many as they can. A call that cannot begin at its time is
    /// as late as if it had.
    var rate: Double?

    /// Numbers calls through all of a run, so that none is like another.
    private static let last = Mutex(0)

    func call(for duration: Duration, on loop: EventLoop) async throws -> Reached {
        let begin = ContinuousClock.now
        let latencies = try await withThrowingTaskGroup(of: [Double].self) { group in
            for place in 0..<count {
                group.addTask { [self] in
                    try await loop.run { [self] in try await one(place, from: begin, to: begin + duration, on: loop) }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        return Reached(seconds: begin.duration(to: .now) / .seconds(1), latencies: latencies)
    }

    /// All calls of one of them.
    private func one(
        _ place: Int, from begin: ContinuousClock.Instant, to end: ContinuousClock.Instant, on loop: EventLoop
    ) async throws -> [Double] {
        var caller = try await doors.caller(at: door)
        defer { caller.close() }
        var latencies: [Double] = []
        while ContinuousClock.now < end {
            var due = ContinuousClock.now
            if let rate {
                due = begin + .seconds(Double(latencies.count * count + place) / rate)
                guard due < end else { break }
                try await loop.sleep(until: due)
            }
            let number = Self.last.withLock { last in
                last += 1
                return last
            }
            try await caller.call(number)
            latencies.append(due.duration(to: .now) / .milliseconds(1))
        }
        return latencies
    }
}
