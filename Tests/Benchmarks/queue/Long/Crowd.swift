import BenchmarkSupport
import Jobs
import Postgres
import Runtime

/// Two hundred worker processes with nothing to do, and now and then one job.
struct Crowd {
    let hall: Hall

    private static let workers = 200
    private static let rounds = 20
    /// In which whoever hears of a job has asked for it.
    private static let window = Duration.milliseconds(400)

    func measure(_ benchmark: Benchmark) async throws {
        try await hall.database.run(script: "create extension pg_stat_statements")
        try await hall.leave(1)
        Benchmark.say("\(Self.workers) workers")
        let workers = try (0..<Self.workers).map { _ in try MeasuredWorker.start(hall.connection, width: 4) }
        defer { for worker in workers { worker.stop() } }
        while try await hall.database.first("select count(*) from jobs.worker", as: Int.self) != Self.workers {
            try await SystemTime().wait(for: .milliseconds(100))
        }
        // All of them have begun to listen.
        try await SystemTime().wait(for: .seconds(3))
        var (claims, idle) = (0, 0)
        for _ in 0..<Self.rounds {
            idle += try await claimed {}
            claims += try await claimed { try await hall.leave(1) }
        }
        let waits = try await hall.database.all(
            """
            select extract(epoch from claimed_at - enqueued_at)::float8 * 1000 from jobs.finished
            order by id desc limit \(Self.rounds)
            """, as: Double.self)
        let more = Double(claims - idle) / Double(Self.rounds)
        benchmark.record(Figure("200 idle workers: claims for one job", more, "claims", goal: .atMost(10)))
        benchmark.record(
            Figure("200 idle workers: a job is claimed after, median", Benchmark.median(waits), "ms"))
        benchmark.record(Figure("200 idle workers: the longest", waits.max() ?? 0, "ms"))
    }

    /// How many claims were made in the window, those of workers that look every now and then among them.
    private func claimed(_ body: () async throws -> Void) async throws -> Int {
        let before = try await claims()
        try await body()
        try await SystemTime().wait(for: Self.window)
        return try await claims() - before
    }

    private func claims() async throws -> Int {
        try await hall.database.first(
            """
            select coalesce(sum(calls), 0)::int8 from pg_stat_statements
            where query like '%as wanted (lane, priority, wait%'
            """, as: Int.self) ?? 0
    }
}
