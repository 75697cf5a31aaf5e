import BenchmarkSupport
import Moments
import Postgres
import Runtime

/// Deadlines by the hundred thousand: how late they are told when all of a minute come together, beside a million jobs
/// that wait; whether other mail suffers; and what a million armed clocks cost while none is due.
///
/// The storm lasts as long as `--seconds` says, at 200,000 deadlines a minute; all that stands around shrinks with it.
@main
enum DeadlinesBenchmark {
    static func main() async {
        await Benchmark.main("deadlines", seconds: 60) { benchmark in
            // What the lateness is measured by.
            try await BenchmarkCluster.lend(
                sharedBuffers: "1GB", settings: ["track_commit_timestamp": "on", "max_wal_size": "8GB"]
            ) { cluster in
                try await measure(benchmark, on: cluster)
            }
        }
    }

    private static func measure(_ benchmark: Benchmark, on cluster: BenchmarkCluster) async throws {
        let scale = min(1, benchmark.options.seconds / 60)
        let hall = try await Hall.open(cluster, tickets: max(2_000, Int(200_000 * scale)))
        Benchmark.say("arming a million clocks, and leaving a million jobs")
        try await hall.fill(clocks: Int(1_000_000 * scale), jobs: Int(1_000_000 * scale))
        try await idle(benchmark, hall)
        try await backlog(benchmark, hall, on: cluster)
        try await storm(benchmark, hall)
        await hall.close()
    }

    /// What is armed and not due.
    private static func idle(_ benchmark: Benchmark, _ hall: Hall) async throws {
        let armed = try await hall.armed()
        benchmark.record(
            Figure(
                "pages read to find the next of \(armed) deadlines", try await hall.pagesOfProbe(), "pages",
                goal: .atMost(10)))
        let span = min(20, max(4, benchmark.options.seconds / 3))
        let share = try await hall.processorShare(of: .seconds(span)) { stop in
            try await hall.watch(copies: 2, until: stop)
        }
        benchmark.record(
            Figure(
                "the database's work for two watches while nothing is due", share * 100, "% of a core", goal: .atMost(1)
            ))
    }

    /// What is due already: how fast it is told, beside PostgreSQL writing the same rows for one after the other.
    private static func backlog(_ benchmark: Benchmark, _ hall: Hall, on cluster: BenchmarkCluster) async throws {
        let some = hall.tickets / 10
        var (ours, floors): ([Double], [Double]) = ([], [])
        let floor = PgBench(
            script: Floor.script, clients: 4, threads: 1,
            variables: ["copies": hall.copies, "tickets": Hall.templates, "step": Hall.step])
        for round in 1...3 {
            Benchmark.say("backlog, round \(round) of 3")
            try await hall.makeDue(some, from: (round - 1) * some, over: 0, at: hall.now)
            ours.append(Double(some) / (try await hall.drain(copies: 2) / .seconds(1)))
            floors.append(
                try await floor.run(cluster.connection(), for: .seconds(max(2, benchmark.options.seconds / 12)))
                    .transactionsPerSecond)
        }
        benchmark.record(
            Figure(
                "deadlines told from a backlog by two watches", Benchmark.median(ours), "/s",
                against: "the same rows by pgbench", other: Benchmark.median(floors), goal: .ratioAtLeast(1)))
    }

    /// A minute in which all are due that there are, and other mail beside them.
    private static func storm(_ benchmark: Benchmark, _ hall: Hall) async throws {
        let span = benchmark.options.seconds
        try await hall.forget()
        let calmly = max(5, span / 2)
        Benchmark.say("other mail without the storm, \(Int(calmly)) s")
        let calm = try await hall.mail(beside: .seconds(calmly)) { stop in await stop.wait() }
        try await hall.forget()
        let begin = hall.now + .seconds(5)
        let count = Int(200_000 * span / 60)
        try await hall.makeDue(min(count, hall.tickets), from: 0, over: span, at: begin)
        Benchmark.say("the storm, \(Int(span)) s")
        let wild = try await hall.mail(beside: .seconds(span + 10)) { stop in
            try await hall.watch(copies: 2, until: stop)
        }
        let lateness = try await hall.lateness(since: begin)
        guard lateness.count == min(count, hall.tickets) else {
            throw BenchmarkFault("\(lateness.count) of \(min(count, hall.tickets)) deadlines were told in the time")
        }
        try await hall.requireEachOnce(since: begin)
        benchmark.record(Figure("deadlines due within \(Int(span)) s", Double(lateness.count), "deadlines"))
        benchmark.record(Figure("lateness, median", Benchmark.median(lateness), "s"))
        benchmark.record(
            Figure("lateness, 99th percentile", Benchmark.percentile(0.99, of: lateness), "s", goal: .atMost(5)))
        benchmark.record(
            Figure(
                "other mail, until it is taken, 99th percentile", Benchmark.percentile(0.99, of: wild), "ms",
                against: "without the storm", other: Benchmark.percentile(0.99, of: calm), goal: .ratioAtMost(2)))
        benchmark.record(
            Figure(
                "other mail, until it is taken, median", Benchmark.median(wild), "ms",
                against: "without the storm", other: Benchmark.median(calm)))
    }
}
