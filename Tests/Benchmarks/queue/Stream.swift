import BenchmarkSupport
import Jobs
import Moments
import Postgres
import Runtime
import Synchronization

/// A worker of this process, and jobs that are left for it at a steady rate or as fast as it does them.
final class Stream: Sendable {
    private struct Tally {
        var done = 0
        /// From the statement that leaves a job to the beginning of its handler, in milliseconds.
        var waits: [Double] = []
    }

    private let hall: Hall
    private let tally = Mutex(Tally())

    init(_ hall: Hall) { self.hall = hall }

    /// Runs the worker while `body` leaves jobs.
    func run<Answer: Sendable>(width: Int, _ body: @Sendable (Stream) async throws -> Answer) async throws -> Answer {
        let worker = MeasuredWorker.worker(width: width, on: hall.database) { [self] context in
            let waited = SystemTime().now.duration(since: context.enqueuedAt) / .milliseconds(1)
            tally.withLock { tally in
                tally.done += 1
                tally.waits.append(waited)
            }
        }
        let stop = StopSignal()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { stop.raise() }
            group.addTask(executorPreference: hall.loops.next()) { try await worker.run(until: stop) }
            // The worker enters itself and begins to listen.
            try await SystemTime().wait(for: .seconds(1))
            let answer = try await body(self)
            stop.raise()
            try await group.waitForAll()
            return answer
        }
    }

    /// What a steady stream came to.
    struct Steady: Sendable {
        var rate: Double
        var waits: [Double]
        /// How long each transaction took that left a job, in milliseconds.
        var commits: [Double]
    }

    /// Leaves a job at each of evenly spaced instants, however long the one before it takes.
    func steady(perSecond rate: Double, for duration: Duration) async throws -> Steady {
        tally.withLock { $0 = Tally() }
        let begun = ContinuousClock.now
        let pause = Duration.seconds(1 / rate)
        let database = hall.database
        let commits = try await withThrowingTaskGroup(of: Double.self) { group in
            for number in 0..<Int(duration / pause) {
                let wait = begun + pause * number - ContinuousClock.now
                if wait > .zero { try await SystemTime().wait(for: wait) }
                group.addTask {
                    let begun = ContinuousClock.now
                    try await database.transaction { _ = try await $0.enqueue(Nothing(number: number)) }
                    return (ContinuousClock.now - begun) / .milliseconds(1)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        return tally.withLock { tally in
            Steady(
                rate: Double(tally.done) / ((ContinuousClock.now - begun) / .seconds(1)), waits: tally.waits,
                commits: commits)
        }
    }
}
