import BenchmarkSupport
import Foundation
import Jobs
import Postgres
import Runtime

/// What a queue meets in years and not in seconds: snapshots that are held, millions of jobs, distance, many workers.
///
/// `Deploy/bench queue long` runs all; `Deploy/bench queue long snapshot distance` runs some.
enum LongBenchmark {
    /// In the order in which they are run, each on a server of its own.
    private static let scenarios: [(name: String, run: @Sendable (Benchmark) async throws -> Void)] = [
        ("snapshot", { benchmark in try await lend { try await HeldSnapshot(hall: $0).steady(benchmark) } }),
        ("full-speed", { benchmark in try await lend { try await HeldSnapshot(hall: $0).fullSpeed(benchmark) } }),
        ("millions", { benchmark in try await lend { try await Millions(hall: $0).measure(benchmark) } }),
        ("crowd", { benchmark in try await lend { try await Crowd(hall: $0).measure(benchmark) } }),
        ("distance", { try await Distance.measure($0) }),
    ]

    static func main() async -> Never {
        let words = Array(CommandLine.arguments.dropFirst(2))
        if words == [SlowWorker.word] {
            await SlowWorker.run()
            exit(0)
        }
        let chosen = Choice(of: scenarios.map(\.name), by: words[...])
        await Benchmark.main("queue long", arguments: chosen.options, seconds: 60) { benchmark in
            for (name, run) in scenarios where chosen.names.contains(name) {
                Benchmark.say("== \(name)")
                try await run(benchmark)
            }
        }
    }

    /// Lends a queue of its own.
    static func lend(settings others: [String: String] = [:], to body: (Hall) async throws -> Void) async throws {
        try await BenchmarkCluster.lend(
            sharedBuffers: "1GB", settings: settings.merging(others) { _, other in other }
        ) { cluster in
            let hall = try await Hall.open(cluster)
            try await body(hall)
            await hall.close()
        }
    }

    /// `pg_stat_statements` counts claims.
    private static let settings = [
        "max_wal_size": "8GB", "checkpoint_timeout": "1h", "shared_preload_libraries": "pg_stat_statements",
        "max_connections": "700",
    ]
}
