import BenchmarkSupport
import Foundation
import Glibc
import Jobs
import Postgres
import Runtime

/// Somebody else's transaction stays open, so the server can remove nothing that has been done since it began.
struct HeldSnapshot {
    let hall: Hall

    /// Ten minutes at this rate are what is left behind before the measuring begins.
    private static let rate = 1000.0
    private static let before = 600 * Int(rate)

    /// At a thousand jobs a second, as after ten minutes: beside each sort of holder, and freely before each.
    func steady(_ benchmark: Benchmark) async throws {
        let length = Duration.seconds(benchmark.options.seconds / 2)
        let holders: [(String, (_ body: @Sendable () async throws -> Stream.Steady) async throws -> Stream.Steady)] = [
            ("a snapshot", { try await hold("begin isolation level repeatable read", "select 1", while: $0) }),
            ("an idle writer", { try await hold("begin", "select pg_current_xact_id()", while: $0) }),
            ("pg_dump", { try await dump(while: $0) }),
        ]
        for (name, hold) in holders {
            try await hall.empty()
            let free = try await steady(length, beside: "nobody")
            try await hall.empty()
            let held = try await hold { try await steady(length, beside: name) }
            record(benchmark, name, held, beside: free)
        }
    }

    private func record(_ benchmark: Benchmark, _ name: String, _ held: Stream.Steady, beside free: Stream.Steady) {
        benchmark.record(
            Figure(
                "beside \(name): 1000 jobs/s", held.rate, "jobs/s", against: "nobody", other: free.rate,
                goal: .ratioAtLeast(0.9)))
        benchmark.record(
            Figure(
                "beside \(name): pickup, 99th percentile", Benchmark.percentile(0.99, of: held.waits), "ms",
                against: "nobody", other: Benchmark.percentile(0.99, of: free.waits), goal: .ratioAtMost(2)))
        benchmark.record(
            Figure(
                "beside \(name): pickup, median", Benchmark.median(held.waits), "ms", against: "nobody",
                other: Benchmark.median(free.waits)))
    }

    private func steady(_ length: Duration, beside name: String) async throws -> Stream.Steady {
        if name != "nobody" { try await pass(Self.before) }
        try await hall.rest()
        Benchmark.say("1000 jobs a second beside \(name)")
        return try await Stream(hall).run(width: 100) { stream in
            try await stream.steady(perSecond: Self.rate, for: length)
        }
    }

    /// Has so many jobs done as fast as they are, which leaves what they would have left in their own time.
    private func pass(_ count: Int) async throws {
        try await hall.leave(count)
        let worker = try MeasuredWorker.start(hall.connection, width: 100)
        defer { worker.stop() }
        while try await hall.database.first("select exists (select from jobs.job)", as: Bool.self) == true {
            try await SystemTime().wait(for: .milliseconds(500))
        }
    }

    /// As fast as jobs are done, with about a thousand of them waiting: freely, and beside a snapshot held from the
    /// start.
    func fullSpeed(_ benchmark: Benchmark) async throws {
        let slice = Duration.seconds(benchmark.options.seconds / 6)
        Benchmark.say("full speed, freely")
        let free = try await FullSpeed(hall: hall).rates(slices: 6, of: slice)
        Benchmark.say("full speed beside a snapshot: \(free.map { Int($0) }) freely")
        let held = try await hold("begin isolation level repeatable read", "select 1") {
            try await FullSpeed(hall: hall).rates(slices: 6, of: slice)
        }
        Benchmark.say("beside a snapshot: \(held.map { Int($0) })")
        benchmark.record(
            Figure(
                "full speed beside a snapshot, last sixth", held[5], "jobs/s", against: "freely, median of sixths",
                other: Benchmark.median(free), goal: .ratioAtLeast(0.85)))
    }

    /// Keeps a transaction open that has done so much, on a session of its own.
    private func hold<Answer>(
        _ beginning: String, _ statement: String, while body: @Sendable () async throws -> Answer
    ) async throws -> Answer {
        let holder = HeldTool(
            "/usr/bin/psql", ["--no-psqlrc", "--quiet", hall.connection], "\(beginning);\n\(statement);\n")
        try holder.start()
        defer { holder.stop() }
        try await untilSomebodyHolds()
        return try await body()
    }

    /// Keeps `pg_dump` at a large table, whose rows are read as slowly as it takes.
    private func dump<Answer>(while body: @Sendable () async throws -> Answer) async throws -> Answer {
        try await hall.database.run(script: "drop table if exists ballast")
        try await hall.database.run(
            script: """
                create table ballast as
                select id, repeat(md5(id::text), 8) as text from generate_series(1, 2000000) as id
                """)
        let holder = HeldTool("/usr/bin/pg_dump", [hall.connection], "")
        try holder.start()
        defer { holder.stop() }
        try await untilSomebodyHolds()
        let answer = try await body()
        guard holder.isRunning else { throw BenchmarkFault("pg_dump ended before the measuring did") }
        return answer
    }

    private func untilSomebodyHolds() async throws {
        let holding: SQL = """
            select exists (select from pg_stat_activity where pid <> pg_backend_pid()
                and application_name in ('psql', 'pg_dump') and state in ('idle in transaction', 'active')
                and (backend_xmin is not null or backend_xid is not null))
            """
        while try await hall.database.first(holding, as: Bool.self) != true {
            try await SystemTime().wait(for: .milliseconds(10))
        }
    }
}

/// A program that is kept running beside what is measured: its input stays open, and its output is read slowly.
private final class HeldTool {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let text: String

    init(_ path: String, _ arguments: [String], _ text: String) {
        self.text = text
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
    }

    var isRunning: Bool { process.isRunning }

    /// It is to take longer than anything that is measured: two megabytes a second.
    func start() throws {
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        let output = output.fileHandleForReading
        Thread {
            while let data = try? output.read(upToCount: 1 << 20), !data.isEmpty { poll(nil, 0, 500) }
        }
        .start()
    }

    func stop() {
        try? input.fileHandleForWriting.close()
        process.terminate()
        process.waitUntilExit()
    }
}
