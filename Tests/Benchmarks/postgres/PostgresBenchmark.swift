import BenchmarkSupport
import Foundation
import Postgres
import Runtime

/// What the client makes of a server beside what PostgreSQL's own programs make of it.
@main
enum PostgresBenchmark {
    static func main() async {
        await Benchmark.main("postgres", seconds: 120) { benchmark in
            try await BenchmarkCluster.lend(
                sharedBuffers: "256MB", settings: ["max_connections": "200", "max_wal_size": "4GB"]
            ) { cluster in
                guard let place = ConnectionString(cluster.connection()) else {
                    throw BenchmarkFault("the cluster's connection string cannot be read")
                }
                let loops = EventLoopGroup(count: 1)
                let database = Database(DatabaseConfiguration(place), loops: loops)
                try await database.run(script: "\(Row.table); \(Bulk.table)")
                for question in [Question.one, .row] {
                    for tasks in [1, 8, 64] {
                        try await ask(question, tasks, benchmark, at: place, cluster.connection())
                    }
                }
                let bulk = Bulk(database: database, loop: loops.next(), connection: cluster.connection())
                try await pipelines(benchmark, bulk)
                try await copies(benchmark, bulk)
                try await notifications(benchmark, Telling(database: database, loop: loops.next()))
                await database.close()
            }
        }
    }

    private static func ask(
        _ question: Question, _ tasks: Int, _ benchmark: Benchmark, at place: ConnectionString, _ connection: String
    ) async throws {
        let askers = Askers(tasks, at: place)
        let rates = try await benchmark.medians(
            [
                Contender("\(tasks) tasks: \(question.name)") { try await askers.rate(question, for: $0) },
                PgBench(script: question.script, clients: tasks).contender("pgbench, one thread", connection),
                PgBench(script: question.script, clients: tasks, threads: min(tasks, 2))
                    .contender("pgbench, two threads", connection),
            ], rounds: 3, share: 0.1)
        await askers.close()
        benchmark.record(
            Figure(
                "\(question.name), \(tasks) at a time", rates[0], "/s", against: "pgbench",
                other: max(rates[1], rates[2]),
                goal: .ratioAtLeast(0.8)))
    }

    private static func pipelines(_ benchmark: Benchmark, _ bulk: Bulk) async throws {
        let rates = try await benchmark.medians(
            [
                Contender("pipelines", measure: bulk.pipelines),
                Contender("pipelines of pgbench", measure: bulk.floorOfPipelines),
            ], rounds: 3, share: 0.1)
        benchmark.record(
            Figure(
                "statements in pipelines of \(Bulk.batch)", rates[0], "/s", against: "pgbench", other: rates[1],
                goal: .atLeast(120_000)))
    }

    private static func copies(_ benchmark: Benchmark, _ bulk: Bulk) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString).tsv").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        _ = try await bulk.copyIn(for: .zero)
        _ = try await bulk.floorOfCopyOut(file: file, for: .zero)
        let rates = try await benchmark.medians(
            [
                Contender("copy in", measure: bulk.copyIn),
                Contender("copy in by psql") { try await bulk.floorOfCopyIn(file: file, for: $0) },
                Contender("copy out", measure: bulk.copyOut),
                Contender("copy out by psql") { try await bulk.floorOfCopyOut(file: file, for: $0) },
            ], rounds: 3, share: 0.2)
        for (name, ours, other) in [("rows copied in", 0, 1), ("rows copied out", 2, 3)] {
            benchmark.record(
                Figure(name, rates[ours], "/s", against: "psql", other: rates[other], goal: .ratioAtLeast(0.8)))
        }
    }

    private static func notifications(_ benchmark: Benchmark, _ telling: Telling) async throws {
        Benchmark.say("notifications")
        _ = try await telling.times(100)
        let times = try await telling.times(max(200, Int(benchmark.options.seconds * 50)))
        benchmark.record(Figure("notification, median", Benchmark.median(times), "ms"))
        benchmark.record(
            Figure("notification, 99th percentile", Benchmark.percentile(0.99, of: times), "ms", goal: .atMost(1)))
    }
}
