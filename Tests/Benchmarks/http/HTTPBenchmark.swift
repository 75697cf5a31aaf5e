import BenchmarkSupport
import Foundation
import Runtime

/// The server beside nginx with the same bytes: requests a second, processor time for each, how late the slowest are,
/// what an idle connection costs, and whether large bodies pass in constant memory.
///
/// With `--serve` first, the program is the server that is measured, in a process of its own.
@main
enum HTTPBenchmark {
    static func main() async {
        if CommandLine.arguments.dropFirst().first == "--serve" { return await MeasuredServer.run() }
        await Benchmark.main("http", seconds: 90) { benchmark in
            FileLimit.raise()
            let nginx = try Nginx.start()
            defer { nginx.stop() }
            let ours = try await Contestant.start(logging: false)
            defer { ours.stop() }
            let logging = try await Contestant.start(logging: true)
            defer { logging.stop() }
            for connections in [1, 32, 256] {
                try race(benchmark, ours, nginx, connections)
            }
            try logged(benchmark, logging, ours)
            try await idle(benchmark, ours)
            try await volume(benchmark, ours)
        }
    }

    /// Both in turn, several times, so that what else the machine does meets both.
    private static func race(
        _ benchmark: Benchmark, _ ours: Contestant, _ nginx: Nginx, _ connections: Int
    ) throws {
        var (mine, other): ([WrkResult], [WrkResult]) = ([], [])
        let turn = max(1, benchmark.options.seconds / 3 / 3 / 2 / 1.25)
        for round in 1...3 {
            Benchmark.say("\(connections) connections, round \(round) of 3")
            mine.append(try Wrk.run(ours.address, connections, seconds: turn, of: ours.processes))
            other.append(try Wrk.run(nginx.address, connections, seconds: turn, of: nginx.processes))
        }
        func figure(
            _ name: String, _ unit: String, _ goal: Goal, _ value: (WrkResult) -> Double
        ) {
            benchmark.record(
                Figure(
                    "\(name), \(connections) connection\(connections == 1 ? "" : "s")",
                    Benchmark.median(mine.map(value)), unit,
                    against: "nginx", other: Benchmark.median(other.map(value)), goal: goal))
        }
        figure("requests", "/s", .ratioAtLeast(1)) { $0.perSecond }
        figure("processor time of a request", "us", .ratioAtMost(1)) { $0.microseconds }
        figure("99th percentile", "ms", .ratioAtMost(1.5)) { $0.percentile99 }
    }

    /// What a line in the log for each request costs.
    private static func logged(_ benchmark: Benchmark, _ logging: Contestant, _ silent: Contestant) throws {
        Benchmark.say("with a line in the log for each request")
        let seconds = max(1, benchmark.options.seconds / 20)
        let with = try Wrk.run(logging.address, 32, seconds: seconds, of: logging.processes)
        let without = try Wrk.run(silent.address, 32, seconds: seconds, of: silent.processes)
        benchmark.record(
            Figure(
                "processor time of a request with a line in the log, 32 connections", with.microseconds, "us",
                against: "without", other: without.microseconds))
    }

    private static func idle(_ benchmark: Benchmark, _ ours: Contestant) async throws {
        let count = 5_000
        Benchmark.say("\(count) idle connections")
        // What the program needs once, whoever comes, is not what a connection costs.
        _ = try Wrk.run(ours.address, 256, seconds: 1, of: ours.processes)
        let before = try ProcessFigures.memory(of: ours.processes)
        let callers = try await Callers.open(count, to: ours.port)
        let after = try ProcessFigures.memory(of: ours.processes)
        callers.close()
        benchmark.record(
            Figure(
                "memory of an idle connection, \(count) of them", (after - before) / Double(count), "bytes",
                goal: .atMost(8_192)))
    }

    private static func volume(_ benchmark: Benchmark, _ ours: Contestant) async throws {
        for direction in Volume.Direction.allCases {
            Benchmark.say("1 GiB \(direction.rawValue)")
            let before = try ProcessFigures.memory(of: ours.processes)
            let (seconds, peak) = try await Volume.pass(direction, to: ours)
            benchmark.record(Figure("1 GiB \(direction.rawValue)", 1_024 / seconds, "MiB/s"))
            benchmark.record(
                Figure(
                    "memory that it takes more at most, 1 GiB \(direction.rawValue)", (peak - before) / 1_048_576,
                    "MiB",
                    goal: .atMost(8)))
        }
    }
}
