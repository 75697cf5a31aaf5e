import BenchmarkSupport
import Desk
import DeskStore
import Foundation
import LocalCluster
import Moments
import Postgres
import TimeZones

/// Tickets routed per second by one worker, beside the same writes made by `pgbench`, and with many old tickets beside
/// without them. `--peers` makes the many five million instead of two hundred thousand.
@main
enum RoutingBenchmark {
    static func main() async {
        await Benchmark.main("routing", seconds: 30) { benchmark in
            try decisions(benchmark)
            let cluster = try await BenchmarkCluster.start()
            do {
                try await measure(benchmark, on: cluster)
            } catch {
                await cluster.remove()
                throw error
            }
            await cluster.remove()
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
        let turn = benchmark.options.seconds / 6
        var next = 1
        func rate() async throws -> Double {
            var (tickets, spent) = (0, Duration.zero)
            while spent < .seconds(turn) {
                try await workshop.copy(Workshop.copies, from: next, isClosed: false)
                tickets += try await workshop.enqueue(Workshop.copies, from: next)
                next += Workshop.copies
                spent += try await workshop.drain()
            }
            return Double(tickets) / (spent / .seconds(1))
        }
        Benchmark.say("warming up")
        _ = try await rate()
        let floor = PgBench(
            script: Floor.script, clients: Workshop.width, threads: 2,
            variables: ["tickets": Workshop.templates, "copies": Workshop.copies])
        var (ours, floors): ([Double], [Double]) = ([], [])
        for round in 1...3 {
            Benchmark.say("round \(round) of 3")
            ours.append(try await rate())
            floors.append(try await floor.run(cluster.connection(), for: .seconds(turn)).transactionsPerSecond)
        }
        let empty = Benchmark.median(ours)
        benchmark.record(
            Figure(
                "tickets routed by one worker", empty, "tickets/s", against: "the same writes by pgbench",
                other: Benchmark.median(floors), goal: .either(.atLeast(1000), .ratioAtLeast(0.5))))
        let old = benchmark.options.withPeers ? 5_000_000 : 200_000
        Benchmark.say("writing \(old) old tickets")
        try await workshop.copy(old / Workshop.templates, from: 1_000_000, isClosed: true)
        try await workshop.store.database.run(script: "analyze; checkpoint")
        _ = try await rate()
        let full = try await [rate(), rate(), rate()]
        benchmark.record(
            Figure(
                "tickets routed beside \(old) old ones", Benchmark.median(full), "tickets/s",
                against: "beside none", other: empty, goal: .ratioAtLeast(0.9)))
        await workshop.close()
    }
}
