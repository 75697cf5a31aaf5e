import BenchmarkSupport
import Jobs
import Moments
import Postgres
import Runtime
import Synchronization

/// How long jobs wait, from the statement that leaves them to the beginning of their handler, with its commit.
struct Pickup {
    let hall: Hall

    /// The times of jobs that come one by one at a steady rate, in milliseconds.
    func times(perSecond rate: Double, for duration: Duration) async throws -> [Double] {
        try await hall.empty()
        let times = Mutex<[Double]>([])
        let worker = MeasuredWorker.worker(width: 32, on: hall.database) { context in
            let waited = SystemTime().now.duration(since: context.enqueuedAt) / .milliseconds(1)
            times.withLock { $0.append(waited) }
        }
        let stop = StopSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask(executorPreference: hall.loops.next()) { try await worker.run(until: stop) }
            // The worker enters itself and begins to listen.
            try await SystemTime().wait(for: .seconds(1))
            try await leave(perSecond: rate, for: duration)
            try await SystemTime().wait(for: .seconds(1))
            stop.raise()
            try await group.waitForAll()
        }
        return times.withLock { $0 }
    }

    /// Leaves a job at each of evenly spaced instants, however long the one before it takes.
    private func leave(perSecond rate: Double, for duration: Duration) async throws {
        let begun = ContinuousClock.now
        let pause = Duration.seconds(1 / rate)
        let count = Int(duration / pause)
        let database = hall.database
        try await withThrowingDiscardingTaskGroup { group in
            for number in 0..<count {
                let wait = begun + pause * number - ContinuousClock.now
                if wait > .zero { try await SystemTime().wait(for: wait) }
                group.addTask { try await database.transaction { _ = try await $0.enqueue(Nothing(number: number)) } }
            }
        }
    }
}
