import BenchmarkSupport
import Foundation
import Postgres
import Runtime

/// Tickets a second through the API and through LMTP, each committed to disk, beside PostgreSQL writing the same rows
/// and nothing else; how late the answers are, at full and at half load; what processor time each takes; and the same
/// beside many old tickets. `--peers` makes these a million instead of twenty thousand.
///
/// With `--serve` first, the program is the gateway that is measured, in a process of its own.
@main
enum IntakeBenchmark {
    static func main() async {
        if CommandLine.arguments.dropFirst().first == "--serve" { return await MeasuredGateway.run() }
        await Benchmark.main("intake", seconds: 60) { benchmark in
            try await BenchmarkCluster.lend(
                sharedBuffers: "1GB",
                settings: ["max_wal_size": "8GB", "min_wal_size": "4GB", "checkpoint_timeout": "1h"]
            ) { cluster in
                let desk = try await IntakeDesk.open(cluster)
                do {
                    try await Measuring(benchmark: benchmark, desk: desk).run()
                } catch {
                    await desk.close()
                    throw error
                }
                await desk.close()
            }
        }
    }
}

/// The course of the measurement.
struct Measuring {
    let benchmark: Benchmark
    let desk: IntakeDesk

    private var turn: Duration { .seconds(benchmark.options.seconds / 24) }
    private static let rounds = 3
    private static let callers = 16

    func run() async throws {
        Benchmark.say("warming up")
        try await desk.useLog()
        _ = try await crowd(.api, 1, for: .milliseconds(500))
        let apiFloor = try await floor(mail: false)
        _ = try await crowd(.mail, 1, for: .milliseconds(500))
        let mailFloor = try await floor(mail: true)
        _ = try await crowd(.api, Self.callers, for: turn)
        _ = try await crowd(.mail, Self.callers, for: turn)
        let mail = try await race(.mail, beside: mailFloor, goal: 500)
        let api = try await race(.api, beside: apiFloor, goal: 1000)
        for count in [1, 4] {
            Benchmark.say("\(Doors.Door.api.rawValue), \(count) clients")
            recordLatency(
                "\(Doors.Door.api.rawValue), \(count) client\(count == 1 ? "" : "s")",
                try await crowd(.api, count, for: turn))
        }
        try await halfLoad(.mail, mail)
        try await halfLoad(.api, api)
        try await session()
        let memory = try ProcessFigures.memory(of: [desk.gateway.id])
        benchmark.record(Figure("memory of the gateway", memory / 1_048_576, "MiB"))
        try await besideOld(mail, api)
    }

    private func crowd(
        _ door: Doors.Door, _ count: Int, for duration: Duration, rate: Double? = nil
    ) async throws -> Reached {
        try await Crowd(count: count, door: door, doors: desk.doors, rate: rate)
            .call(for: duration, on: desk.loops.next())
    }

    /// The rows of the newest ticket, to be written again.
    private func floor(mail: Bool) async throws -> Floor {
        guard
            let (ticket, requester) = try await desk.database.first(
                "select id, requester from ticket where channel = \(mail ? "mail" : "api") order by id desc limit 1",
                as: (Int64, Int64).self)
        else { throw BenchmarkFault("there is no ticket") }
        return try await Floor.of(ticket: ticket, requester: requester, mail: mail, in: desk.database)
    }

    /// Both in turn, several times; the rate of ours.
    private func race(_ door: Doors.Door, beside floor: Floor, goal: Double) async throws -> Double {
        // A desk that is at work has statistics; without them both would be planned as for empty tables.
        try await desk.database.run("vacuum (analyze)")
        var (ours, floors): ([Reached], [Double]) = ([], [])
        var (own, database): ([Double], [Double]) = ([], [])
        for round in 1...Self.rounds {
            Benchmark.say("\(door.rawValue), round \(round) of \(Self.rounds)")
            let before = try await desk.processorSeconds()
            let reached = try await crowd(door, Self.callers, for: turn)
            let after = try await desk.processorSeconds()
            ours.append(reached)
            own.append((after.gateway - before.gateway) / Double(reached.latencies.count) * 1e6)
            database.append((after.database - before.database) / Double(reached.latencies.count) * 1e6)
            floors.append(
                try await floor.pgbench.run(desk.cluster.connection(), for: max(turn, .seconds(1)))
                    .transactionsPerSecond)
        }
        let rate = Benchmark.median(ours.map(\.perSecond))
        benchmark.record(
            Figure(
                "\(door.rawValue), \(Self.callers) clients", rate, "/s", against: "the same rows by pgbench",
                other: Benchmark.median(floors), goal: .ratioAtLeast(0.6)))
        benchmark.record(Figure("\(door.rawValue), \(Self.callers) clients", rate, "/s", goal: .atLeast(goal)))
        recordLatency(
            "\(door.rawValue), \(Self.callers) clients", Reached(seconds: 1, latencies: ours.flatMap(\.latencies)),
            withRate: false)
        benchmark.record(
            Figure("processor time of the gateway, \(door.rawValue)", Benchmark.median(own), "us"))
        benchmark.record(
            Figure("processor time of PostgreSQL, \(door.rawValue)", Benchmark.median(database), "us"))
        return rate
    }

    private func recordLatency(_ name: String, _ reached: Reached, withRate: Bool = true, goal: Goal? = nil) {
        if withRate { benchmark.record(Figure(name, reached.perSecond, "/s")) }
        for (part, word) in [(0.5, "50"), (0.95, "95"), (0.99, "99")] {
            benchmark.record(
                Figure(
                    "\(name), \(word)th percentile", Benchmark.percentile(part, of: reached.latencies), "ms",
                    goal: part == 0.99 ? goal : nil))
        }
    }

    private func halfLoad(_ door: Doors.Door, _ rate: Double) async throws {
        Benchmark.say("\(door.rawValue) at half that rate")
        let reached = try await crowd(door, Self.callers, for: turn * 2, rate: rate / 2)
        recordLatency("\(door.rawValue) at half load", reached, withRate: false, goal: .atMost(30))
    }

    /// What the conversation takes without the keeping.
    private func session() async throws {
        Benchmark.say("mails that are not kept")
        let reached = try await crowd(.idleMail, Self.callers, for: turn)
        benchmark.record(Figure(Doors.Door.idleMail.rawValue, reached.perSecond, "/s"))
    }

    private func besideOld(_ mail: Double, _ api: Double) async throws {
        let count = benchmark.options.withPeers ? 1_000_000 : 20_000
        Benchmark.say("writing \(count) old tickets")
        try await OldDesk(database: desk.database).write(count)
        for (door, rate) in [(Doors.Door.mail, mail), (.api, api)] {
            _ = try await crowd(door, Self.callers, for: turn)
            var rates: [Double] = []
            for _ in 1...Self.rounds { rates.append(try await crowd(door, Self.callers, for: turn).perSecond) }
            benchmark.record(
                Figure(
                    "\(door.rawValue) beside \(count) old tickets", Benchmark.median(rates), "/s",
                    against: "beside none",
                    other: rate, goal: .ratioAtLeast(0.9)))
        }
    }
}
