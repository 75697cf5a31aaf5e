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

    /// How a worker of its own process keeps up with jobs that come at a steady rate.
    struct Load {
        /// How many it did a second while they came.
        var rate: Double
        /// How long they waited to be claimed, in milliseconds.
        var median: Double
        var late: Double
    }

    /// Leaves so many jobs a second, in a transaction every 5 ms, for one worker process.
    func underLoad(perSecond rate: Double, for duration: Duration) async throws -> Load {
        try await hall.empty()
        let worker = try MeasuredWorker.start(hall.connection, width: 100)
        defer { worker.stop() }
        try await SystemTime().wait(for: .seconds(1))
        let pause = Duration.milliseconds(5)
        let size = Int(rate * (pause / .seconds(1)))
        let begun = ContinuousClock.now
        for step in 0..<Int(duration / pause) {
            let wait = begun + pause * step - ContinuousClock.now
            if wait > .zero { try await SystemTime().wait(for: wait) }
            let jobs = (0..<size).map(Nothing.init)
            try await hall.database.transaction { _ = try await $0.enqueue(contentsOf: jobs) }
        }
        let rate = Double(size * Int(duration / pause)) / ((ContinuousClock.now - begun) / .seconds(1))
        while try await hall.database.first("select exists (select from jobs.job)", as: Bool.self) == true {
            try await SystemTime().wait(for: .milliseconds(50))
        }
        let waits = try await hall.database.first(
            """
            select percentile_cont(0.5) within group (order by wait), percentile_cont(0.99) within group (order by wait)
            from (select extract(epoch from claimed_at - enqueued_at)::float8 * 1000 as wait from jobs.finished) job
            """, as: (Double, Double).self)
        guard let waits else { throw BenchmarkFault("no job was done") }
        return Load(rate: rate, median: waits.0, late: waits.1)
    }
}
