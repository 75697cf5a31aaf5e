import BenchmarkSupport
import Jobs

/// How fast a full queue is emptied.
extension QueueBenchmark {
    private static let batches = [1, 10, 100, 500]
    /// Our best batch.
    static let width = 100

    /// - Returns: jobs a second of one process.
    func drains() async throws -> Double {
        let floor = try await floors()
        var rates: [Double] = []
        for processes in [1, 2] {
            let drains = try await drains(by: processes)
            rates.append(Benchmark.median(drains.map(\.rate)))
            record(drains, "jobs done \(words(processes))", beside: floor, goal: 0.6)
            if processes == 1 { record(costs: drains) }
            let forgotten = try await self.drains(of: Forgotten.self, by: processes)
            record(forgotten, "and no history kept, \(words(processes))", beside: floor, goal: 0.8)
            let together = try await self.drains(of: Together.self, by: processes)
            record(together, "handled together, \(words(processes))", beside: floor, goal: 0.6)
            let both = try await self.drains(of: TogetherForgotten.self, by: processes)
            record(both, "handled together, no history kept, \(words(processes))", beside: floor, goal: 0.8)
        }
        if benchmark.options.withPeers { try await peers(beside: rates) }
        return rates[0]
    }

    /// Each floor at each batch with one client, and with more where that is faster; answers with the best of the
    /// leased form at our batch.
    private func floors() async throws -> Double {
        var best = 0.0
        for floor in [Floor.claim, .lease] {
            for batch in Self.batches {
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
                if floor.name == Floor.lease.name, batch == Self.width { best = most }
                benchmark.record(Figure("pgbench: \(floor.name), \(batch) at a time", most, "jobs/s"))
            }
        }
        return best
    }

    func drains<J: MeasuredJob>(of kind: J.Type = Nothing.self, by processes: Int) async throws -> [Hall.Drain] {
        var drains: [Hall.Drain] = []
        for round in 1...3 {
            Benchmark.say("\(jobs) jobs \(kind.kind), \(processes) processes, round \(round) of 3")
            drains.append(try await hall.drain(jobs, of: kind, width: Self.width, processes: processes))
        }
        return drains
    }

    private func record(_ drains: [Hall.Drain], _ name: String, beside floor: Double, goal: Double) {
        benchmark.record(
            Figure(
                name, Benchmark.median(drains.map(\.rate)), "jobs/s",
                against: "pgbench: claim and completion, \(Self.width) at a time", other: floor,
                goal: .ratioAtLeast(goal)))
    }

    private func record(costs drains: [Hall.Drain]) {
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

    private func words(_ processes: Int) -> String { processes == 1 ? "by one process" : "by two processes" }

    private func peers(beside rates: [Double]) async throws {
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
}
