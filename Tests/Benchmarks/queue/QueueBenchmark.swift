import BenchmarkSupport
import Foundation
import Jobs

/// Jobs per second that a worker gets through and how long jobs wait for it, beside the least that PostgreSQL needs for
/// them.
@main
enum QueueBenchmark {
    private static let batches = [1, 10, 100, 500]
    /// Our best batch.
    private static let width = 100

    static func main() async {
        if CommandLine.arguments.dropFirst().first == "worker" { return await MeasuredWorker.run() }
        if CommandLine.arguments.dropFirst().first == "long" { await LongBenchmark.main() }
        await Benchmark.main("queue", seconds: 60) { benchmark in
            try await BenchmarkCluster.lend(
                sharedBuffers: "1GB", settings: ["max_wal_size": "8GB", "checkpoint_timeout": "1h"]
            ) { cluster in
                let hall = try await Hall.open(cluster)
                let jobs = min(200_000, Int(benchmark.options.seconds * 4000))
                let floor = try await floors(benchmark, of: jobs, in: hall)
                try await insertion(benchmark, of: jobs, in: hall)
                let rates = try await drains(benchmark, of: jobs, in: hall, beside: floor)
                if benchmark.options.withPeers { try await peers(benchmark, beside: rates, on: cluster, by: hall) }
                try await pickup(benchmark, in: hall, drain: rates[0])
                try await commits(benchmark, in: hall)
                await hall.close()
            }
        }
    }

    /// Each floor at each batch with one client, and with more where that is faster; answers with the best of the
    /// leased form at our batch.
    private static func floors(_ benchmark: Benchmark, of jobs: Int, in hall: Hall) async throws -> Double {
        var best = 0.0
        for floor in [Floor.claim, .lease] {
            for batch in batches {
                // As many jobs as take about as long, so that a small batch does not take for ever.
                let count = min(jobs, 20_000 * batch)
                var rates: [Double] = []
                for clients in [1, 2, 4] {
                    Benchmark.say("floor: \(floor.name), \(batch) at a time, \(clients) clients")
                    rates.append(
                        try await floor.rate(
                            of: count, batch: batch, clients: clients, on: hall.database, hall.connection))
                }
                let most = rates.max() ?? 0
                if floor.name == Floor.lease.name, batch == width { best = most }
                benchmark.record(Figure("pgbench: \(floor.name), \(batch) at a time", most, "jobs/s"))
            }
        }
        return best
    }

    private static func insertion(_ benchmark: Benchmark, of jobs: Int, in hall: Hall) async throws {
        var (ours, floors): ([Double], [Double]) = ([], [])
        for round in 1...3 {
            Benchmark.say("jobs left by thousands, round \(round) of 3")
            floors.append(try await Floor.insertion(for: .seconds(2), on: hall.database, hall.connection))
            try await hall.empty()
            ours.append(try await hall.leave(jobs))
        }
        benchmark.record(
            Figure(
                "jobs left by thousands", Benchmark.median(ours), "jobs/s", against: "pgbench, rows by thousands",
                other: Benchmark.median(floors), goal: .ratioAtLeast(0.7)))
    }

    /// - Returns: what one process reaches, and what two do.
    private static func drains(
        _ benchmark: Benchmark, of jobs: Int, in hall: Hall, beside floor: Double
    ) async throws -> [Double] {
        var rates: [Double] = []
        for processes in [1, 2] {
            let drains = try await drains(of: jobs, by: processes, in: hall)
            rates.append(Benchmark.median(drains.map(\.rate)))
            record(benchmark, drains, "jobs done \(words(processes))", beside: floor, goal: 0.6)
            if processes == 1 { record(benchmark, costs: drains) }
            let forgotten = try await self.drains(of: jobs, kind: Forgotten.self, by: processes, in: hall)
            record(benchmark, forgotten, "and no history kept, \(words(processes))", beside: floor, goal: 0.8)
            let together = try await self.drains(of: jobs, kind: Together.self, by: processes, in: hall)
            record(benchmark, together, "handled together, \(words(processes))", beside: floor, goal: 0.6)
            let both = try await self.drains(of: jobs, kind: TogetherForgotten.self, by: processes, in: hall)
            record(
                benchmark, both, "handled together, no history kept, \(words(processes))", beside: floor, goal: 0.8)
        }
        return rates
    }

    private static func drains<J: MeasuredJob>(
        of jobs: Int, kind: J.Type = Nothing.self, by processes: Int, in hall: Hall
    ) async throws -> [Hall.Drain] {
        var drains: [Hall.Drain] = []
        for round in 1...3 {
            Benchmark.say("\(jobs) jobs \(kind.kind), \(processes) processes, round \(round) of 3")
            drains.append(try await hall.drain(jobs, of: kind, width: width, processes: processes))
        }
        return drains
    }

    private static func record(
        _ benchmark: Benchmark, _ drains: [Hall.Drain], _ name: String, beside floor: Double, goal: Double
    ) {
        benchmark.record(
            Figure(
                name, Benchmark.median(drains.map(\.rate)), "jobs/s",
                against: "pgbench: claim and completion, \(width) at a time", other: floor,
                goal: .ratioAtLeast(goal)))
    }

    private static func record(_ benchmark: Benchmark, costs drains: [Hall.Drain]) {
        let middle: (KeyPath<Hall.Drain, Double>) -> Double = { part in
            Benchmark.median(drains.map { $0[keyPath: part] })
        }
        benchmark.record(Figure("processor time of the server", middle(\.server) * 1e6, "us a job"))
        benchmark.record(Figure("processor time of the worker", middle(\.client) * 1e6, "us a job"))
        benchmark.record(Figure("write-ahead log", middle(\.writeAheadLog), "bytes a job"))
        benchmark.record(Figure("commits", middle(\.commits), "a job"))
        benchmark.record(Figure("blocks looked at", middle(\.blocks), "a job"))
        benchmark.record(Figure("blocks looked at", middle(\.blocks) / middle(\.commits), "a claim"))
        benchmark.record(Figure("dead rows", middle(\.deadRows), "a job"))
    }

    private static func words(_ processes: Int) -> String { processes == 1 ? "by one process" : "by two processes" }

    private static func peers(
        _ benchmark: Benchmark, beside rates: [Double], on cluster: BenchmarkCluster, by hall: Hall
    ) async throws {
        try await Peer.install()
        for peer in Peer.all {
            for processes in [1, 2] {
                var theirs: [Double] = []
                for round in 1...3 {
                    Benchmark.say("\(peer.name), \(processes) processes, round \(round) of 3")
                    theirs.append(try await peer.rate(processes: processes, on: cluster, by: hall))
                }
                benchmark.record(
                    Figure(
                        "jobs done \(words(processes))", rates[processes - 1], "jobs/s", against: peer.name,
                        other: Benchmark.median(theirs), goal: .ratioAtLeast(peer.goal)))
            }
        }
    }

    private static func pickup(_ benchmark: Benchmark, in hall: Hall, drain: Double) async throws {
        Benchmark.say("50 jobs a second")
        let times = try await Pickup(hall: hall).times(perSecond: 50, for: .seconds(benchmark.options.seconds / 4))
        benchmark.record(Figure("pickup at 50 jobs/s, median", Benchmark.median(times), "ms", goal: .atMost(3)))
        benchmark.record(
            Figure(
                "pickup at 50 jobs/s, 99th percentile", Benchmark.percentile(0.99, of: times), "ms", goal: .atMost(10)))
        let rate = drain * 0.7
        Benchmark.say("\(Int(rate)) jobs a second")
        let load = try await Pickup(hall: hall).underLoad(perSecond: rate, for: .seconds(benchmark.options.seconds / 4))
        benchmark.record(Figure("jobs done at 70 % of the drain rate", load.rate, "jobs/s"))
        benchmark.record(Figure("pickup at 70 % of the drain rate, median", load.median, "ms"))
        benchmark.record(
            Figure("pickup at 70 % of the drain rate, 99th percentile", load.late, "ms", goal: .atMost(25)))
    }

    private static func commits(_ benchmark: Benchmark, in hall: Hall) async throws {
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
