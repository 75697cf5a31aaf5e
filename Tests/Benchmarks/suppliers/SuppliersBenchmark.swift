import BenchmarkSupport

/// One supplier worker and fifty suppliers that answer after 50 ms: how many messages it carries a second, and how long
/// the others' messages are on their way while one of the suppliers does not answer at all.
@main
enum SuppliersBenchmark {
    /// How many rounds the medians are of.
    private static let rounds = 3

    static func main() async {
        await Benchmark.main("suppliers", seconds: 150) { benchmark in
            try await BenchmarkCluster.lend(settings: ["max_wal_size": "4GB"]) { cluster in
                try await Hall.open(cluster) { hall in
                    try await backlog(benchmark, hall)
                    try await steady(benchmark, hall)
                    try await hanging(benchmark, hall)
                }
            }
        }
    }

    /// What has waited: how fast it is carried, beside the most that so many at a time could be.
    private static func backlog(_ benchmark: Benchmark, _ hall: Hall) async throws {
        let count = min(4_000, max(400, Int(benchmark.options.seconds * 30)))
        var rates: [Double] = []
        for round in 1...rounds {
            Benchmark.say("\(count) messages that have waited, round \(round) of \(rounds)")
            rates.append(try await hall.drain(count))
        }
        benchmark.record(
            Figure(
                "messages carried from a backlog by one worker", Benchmark.median(rates), "/s",
                against: "32 at a time that take 50 ms", other: 32 / 0.05, goal: .atLeast(200)))
    }

    /// Two hundred a second for a while.
    private static func steady(_ benchmark: Benchmark, _ hall: Hall) async throws {
        Benchmark.say("200 messages a second")
        let span = max(4, benchmark.options.seconds / 6)
        let run = try await hall.carry(perSecond: 200, for: .seconds(span))
        benchmark.record(
            Figure("messages carried while 200 a second come", run.rate, "/s", goal: .atLeast(196)))
        benchmark.record(Figure("until the supplier has one of them, median", Benchmark.median(run.waits), "ms"))
        let late = Benchmark.percentile(0.99, of: run.waits)
        benchmark.record(Figure("until the supplier has one of them, 99th percentile", late, "ms"))
    }

    /// With a supplier that takes requests and does not answer, in turn with all of them well.
    private static func hanging(_ benchmark: Benchmark, _ hall: Hall) async throws {
        let span = max(4, benchmark.options.seconds * 2 / 3 / Double(2 * rounds))
        var (calm, beside): ([[Double]], [[Double]]) = ([], [])
        for round in 1...rounds {
            Benchmark.say("100 messages a second, all suppliers well, round \(round) of \(rounds)")
            calm.append(try await hall.carry(perSecond: 100, for: .seconds(span)).waits)
            Benchmark.say("100 messages a second, one supplier hanging, round \(round) of \(rounds)")
            beside.append(
                try await hall.whileHanging { try await hall.carry(perSecond: 100, for: .seconds(span)).waits })
        }
        func median(_ part: Double, _ rounds: [[Double]]) -> Double {
            Benchmark.median(rounds.map { Benchmark.percentile(part, of: $0) })
        }
        benchmark.record(
            Figure(
                "until the other 49 have theirs, one supplier hanging, 99th percentile", median(0.99, beside), "ms",
                against: "none hanging", other: median(0.99, calm), goal: .ratioAtMost(1.2)))
        benchmark.record(
            Figure(
                "until the other 49 have theirs, one supplier hanging, median", median(0.5, beside), "ms",
                against: "none hanging", other: median(0.5, calm)))
    }
}
