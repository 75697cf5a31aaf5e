import BenchmarkSupport
import Foundation
import Glibc
import Postgres
import Runtime

/// A worker that is 80 ms away from its database, over a line that loses one packet of a hundred.
struct Distance {
    private let hall: Hall

    private static let namespace = "meridian-bench"
    /// The database's end of the line.
    private static let address = "10.77.0.1"
    private static let jobs = 30_000

    static func measure(_ benchmark: Benchmark) async throws {
        guard geteuid() == 0, access("/dev/net/tun", R_OK | W_OK) == 0 else {
            return Benchmark.say("distance is left out: it takes root and /dev/net/tun.")
        }
        let line = try open(delay: 40, loss: 1)
        defer {
            try? line.input.fileHandleForWriting.close()
            line.process.waitUntilExit()
        }
        try await LongBenchmark.lend(settings: ["listen_addresses": address]) { hall in
            try await Distance(hall: hall).measure(benchmark)
        }
    }

    private static func open(delay: Int, loss: Int) throws -> (process: Process, input: Pipe) {
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["Deploy/peers/line.py", namespace, "\(delay)", "\(loss)"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        guard try output.fileHandleForReading.read(upToCount: 4) == Data("open".utf8) else {
            throw BenchmarkFault("the line could not be opened")
        }
        return (process, input)
    }

    private func measure(_ benchmark: Benchmark) async throws {
        try await hall.database.run(
            script: """
                copy (select 'host all all 10.77.0.2/32 trust') to program 'cat >>pg_hba.conf';
                select pg_reload_conf()
                """)
        guard let here = ConnectionString(hall.connection) else {
            throw BenchmarkFault("the connection string cannot be read")
        }
        Benchmark.say("handlers of 10 ms beside the database")
        let near = try await rate { try SlowWorker.start(hall.connection) }
        Benchmark.say("\(Int(near))/s; now 80 ms away")
        let far = try await rate {
            try SlowWorker.start(
                here.with("host", Self.address).text, by: ["/usr/sbin/ip", "netns", "exec", Self.namespace])
        }
        benchmark.record(
            Figure(
                "80 ms away, 1 % lost: handlers of 10 ms, \(SlowWorker.width) at a time", far, "jobs/s",
                against: "the same worker beside the database", other: near, goal: .ratioAtLeast(0.9)))
    }

    /// Jobs a second between the first fifth and the last of so many: what a worker needs to start does not count.
    private func rate(of start: () throws -> Process) async throws -> Double {
        try await hall.empty()
        try await hall.leave(Self.jobs)
        let worker = try start()
        defer {
            worker.terminate()
            worker.waitUntilExit()
        }
        while try await hall.database.first("select exists (select from jobs.job)", as: Bool.self) == true {
            guard worker.isRunning else { throw BenchmarkFault("the worker has ended") }
            try await SystemTime().wait(for: .milliseconds(200))
        }
        let measured = try await hall.database.first(
            """
            select extract(epoch from percentile_disc(0.8) within group (order by finished_at)
                - percentile_disc(0.2) within group (order by finished_at))::float8 from jobs.finished
            """, as: Double.self)
        guard let measured, measured > 0 else { throw BenchmarkFault("nothing was finished") }
        return Double(Self.jobs) * 0.6 / measured
    }
}
