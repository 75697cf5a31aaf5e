import BenchmarkSupport
import Foundation
import Jobs

/// Jobs per second that a worker gets through and how long jobs wait for it, beside the least that PostgreSQL needs for
/// them.
///
/// `Deploy/bench queue` measures all of it; `Deploy/bench queue bulk commits` some.
@main
struct QueueBenchmark {
    /// In this order: what takes little is not measured behind what leaves much to be written.
    private enum Part: String, CaseIterable {
        case pickup, bulk, drains, load, commits
    }

    let benchmark: Benchmark
    let cluster: BenchmarkCluster
    let hall: Hall
    /// How many jobs are drained or left.
    var jobs: Int { min(200_000, Int(benchmark.options.seconds * 4000)) }

    static func main() async {
        let words = CommandLine.arguments.dropFirst()
        if words.first == "worker" { return await MeasuredWorker.run() }
        if words.first == "long" { await LongBenchmark.main() }
        let chosen = Choice(of: Part.allCases.map(\.rawValue), by: words)
        await Benchmark.main("queue", arguments: chosen.options, seconds: 60) { benchmark in
            try await BenchmarkCluster.lend(
                sharedBuffers: "1GB", settings: ["max_wal_size": "8GB", "checkpoint_timeout": "1h"]
            ) { cluster in
                let hall = try await Hall.open(cluster)
                let queue = QueueBenchmark(benchmark: benchmark, cluster: cluster, hall: hall)
                try await queue.measure(Part.allCases.filter { chosen.names.contains($0.rawValue) })
                await hall.close()
            }
        }
    }

    private func measure(_ parts: [Part]) async throws {
        var drained: Double?
        for part in parts {
            try await hall.empty()
            try await hall.rest()
            switch part {
            case .pickup: try await pickup()
            case .bulk: try await bulk()
            case .drains: drained = try await drains()
            case .load: try await load(drained: drained)
            case .commits: try await commits()
            }
        }
    }

    private func pickup() async throws {
        Benchmark.say("50 jobs a second")
        let duration = Duration.seconds(benchmark.options.seconds / 4)
        let steady = try await Stream(hall).run(width: 32) { stream in
            // What is done for the first time takes longer.
            _ = try await stream.steady(perSecond: 50, for: .seconds(1))
            return try await stream.steady(perSecond: 50, for: duration)
        }
        let middle: ([Double]) -> Double = Benchmark.median
        let late: ([Double]) -> Double = { Benchmark.percentile(0.99, of: $0) }
        for (name, part, most) in [("median", middle, 3.0), ("99th percentile", late, 10)] {
            benchmark.record(
                Figure(
                    "pickup at 50 jobs/s, \(name)", part(steady.waits), "ms", against: "the transaction that leaves it",
                    other: part(steady.commits), goal: .atMost(most)))
        }
    }

    private func bulk() async throws {
        var (ours, floors, same): ([Double], [Double], [Double]) = ([], [], [])
        for round in 1...3 {
            Benchmark.say("jobs left by thousands, round \(round) of 3")
            floors.append(try await Floor.insertion(for: .seconds(2), on: hall.database, hall.connection))
            same.append(try await Floor.sameRows(for: .seconds(2), in: hall))
            try await hall.empty()
            ours.append(try await hall.leave(jobs))
        }
        let floor = Benchmark.median(floors)
        let figures: [(String, Double, String, Double, Goal?)] = [
            ("jobs left by thousands", Benchmark.median(ours), "pgbench, rows by thousands", floor, .ratioAtLeast(0.7)),
            ("jobs left by thousands", Benchmark.median(ours), "pgbench, the same rows", Benchmark.median(same), nil),
            ("the same rows by pgbench", Benchmark.median(same), "pgbench, rows by thousands", floor, nil),
        ]
        for (name, value, against, other, goal) in figures {
            benchmark.record(Figure(name, value, "jobs/s", against: against, other: other, goal: goal))
        }
    }

    private func load(drained: Double?) async throws {
        var drained = drained
        if drained == nil { drained = try await Benchmark.median(drains(by: 1).map(\.rate)) }
        let rate = 0.7 * (drained ?? 0)
        let load = Load(hall: hall, rate: rate, duration: .seconds(benchmark.options.seconds / 12))
        var (ours, floors): ([Load.Result], [Load.Result]) = ([], [])
        for round in 1...3 {
            Benchmark.say("\(Int(rate)) jobs a second, round \(round) of 3")
            floors.append(try await load.floor())
            ours.append(try await load.ours())
        }
        let pgbench = "pgbench, the same rows left and taken"
        let figures: [(String, KeyPath<Load.Result, Double>, String, Goal?)] = [
            ("jobs done at 70 % of the drain rate, \(Int(rate))/s", \.rate, "jobs/s", .atLeast(0.97 * rate)),
            ("pickup at 70 % of the drain rate, median", \.median, "ms", nil),
            ("pickup at 70 % of the drain rate, 99th percentile", \.late, "ms", .atMost(25)),
        ]
        for (name, part, unit, goal) in figures {
            benchmark.record(
                Figure(
                    name, Benchmark.median(ours.map { $0[keyPath: part] }), unit, against: pgbench,
                    other: Benchmark.median(floors.map { $0[keyPath: part] }), goal: goal))
        }
    }

    private func commits() async throws {
        var rates: [Commits.Telling: [Double]] = [:]
        for round in 1...3 {
            for telling in Commits.Telling.allCases {
                Benchmark.say("enqueuing commits, \(telling.rawValue), round \(round) of 3")
                let rate = try await Commits(hall: hall).rate(telling, for: .seconds(benchmark.options.seconds / 20))
                rates[telling, default: []].append(rate)
            }
        }
        let median: (Commits.Telling) -> Double = { Benchmark.median(rates[$0] ?? []) }
        benchmark.record(
            Figure(
                "commits of 16 producers that leave a job each", median(.afterwards), "/s",
                against: "the same rows, nobody told", other: median(.nobody), goal: .ratioAtLeast(0.9)))
        benchmark.record(
            Figure(
                "the same rows and pg_notify in each commit", median(.within), "/s",
                against: "the same rows, nobody told", other: median(.nobody)))
    }
}
