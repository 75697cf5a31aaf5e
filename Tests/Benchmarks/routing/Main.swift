import BenchmarkSupport
import Desk
import DeskStore
import Foundation
import Postgres
import TimeZones

/// Tickets routed per second by one worker, beside the same writes made by `pgbench`, and with many old tickets beside
/// without them. `--peers` makes the many five million instead of fifty thousand; that takes some minutes and 20 GB.
@main
enum RoutingBenchmark {
    static func main() async {
        await Benchmark.main("routing", seconds: 30) { benchmark in
            try decisions(benchmark)
            try await BenchmarkCluster.lend(
                sharedBuffers: "2GB",
                settings: ["max_wal_size": "8GB", "checkpoint_timeout": "1h", "maintenance_work_mem": "1GB"]
            ) { cluster in
                try await measure(benchmark, on: cluster)
            }
        }
    }

    /// What the pure decision costs.
    private static func decisions(_ benchmark: Benchmark) throws {
        let organisation = try LargeOrganisation.make(TimeZones())
        let text = (0..<80).map { "word\($0 * 31 % 997)" }.joined(separator: " ")
        let facts = RoutingFacts(
            site: "S10", channel: .web, kind: .incident, impact: .medium, urgency: .medium,
            subject: "About \(LargeOrganisation.word(217))", text: text,
            requester: RoutingFacts.Requester(address: "a@customer.example", language: "en"))
        let rate = Contender.rate(for: .seconds(1)) {
            for _ in 0..<50 { _ = organisation.routing.decide(facts, in: organisation) { _ in true } }
            return 50
        }
        benchmark.record(Figure("decisions of a table of 500 rules", rate, "decisions/s per core"))
    }

    private static func measure(_ benchmark: Benchmark, on cluster: BenchmarkCluster) async throws {
        let workshop = try await Workshop.open(cluster)
        let turn = benchmark.options.seconds / 9
        var (next, expected) = (1, 400.0)
        /// Has tickets arrive that take about a turn.
        func arrive() async throws -> Int {
            let copies = max(2, Int(expected * turn) / Workshop.templates)
            defer { next += copies }
            return try await workshop.arrive(next..<next + copies)
        }
        func rate() async throws -> Double {
            let tickets = try await arrive()
            expected = Double(tickets) / (try await workshop.drain() / .seconds(1))
            return expected
        }
        func floor() async throws -> Double {
            expected *= 2
            _ = try await arrive()
            try await Floor.prepare(workshop.database)
            let pgbench = PgBench(script: Floor.script, clients: Workshop.width, threads: 2)
            let tps = try await pgbench.run(cluster.connection(), for: .seconds(turn)).transactionsPerSecond
            expected /= 2
            return tps
        }
        func round(_ name: String) async throws -> (ours: Double, floor: Double) {
            var (ours, floors): ([Double], [Double]) = ([], [])
            for number in 1...3 {
                Benchmark.say("\(name), round \(number) of 3")
                ours.append(try await rate())
                floors.append(try await floor())
            }
            return (Benchmark.median(ours), Benchmark.median(floors))
        }
        Benchmark.say("warming up")
        for _ in 1...2 { _ = try await rate() }
        let empty = try await round("no old tickets")
        record(benchmark, "tickets routed by one worker", empty)
        let old = benchmark.options.withPeers ? 5_000_000 : 50_000
        Benchmark.say("writing \(old) old tickets")
        try await workshop.age(old, from: 1_000_000)
        Benchmark.say("warming up again")
        _ = try await rate()
        let full = try await round("\(old) old tickets")
        record(benchmark, "the same beside \(old) old tickets", full)
        benchmark.record(
            Figure(
                "the rate beside them", full.ours, "tickets/s", against: "the rate beside none", other: empty.ours,
                goal: .ratioAtLeast(0.9)))
        await workshop.close()
    }

    private static func record(_ benchmark: Benchmark, _ name: String, _ rates: (ours: Double, floor: Double)) {
        benchmark.record(
            Figure(
                name, rates.ours, "tickets/s", against: "the same writes by pgbench", other: rates.floor,
                goal: .either(.atLeast(1000), .ratioAtLeast(0.5))))
    }
}
