import BenchmarkSupport
import Mail
import Runtime
import Sockets

/// Letters a second that the routing worker writes and hands to a smarthost, beside what both halves of it take without
/// ours: the same message sent over as many kept connections, and the same rows written by `pgbench`.
///
/// With `--work` first, the program is the worker that is measured, in a process of its own.
@main
enum LettersBenchmark {
    static func main() async {
        if CommandLine.arguments.dropFirst().first == "--work" { return await MeasuredWorker.run() }
        await Benchmark.main("letters", seconds: 30) { benchmark in
            try await BenchmarkCluster.lend(
                sharedBuffers: "1GB", settings: ["max_wal_size": "8GB", "checkpoint_timeout": "1h"]
            ) { cluster in
                let office = try await PostOffice.open(cluster)
                do {
                    try await measure(benchmark, office, cluster)
                } catch {
                    await office.close()
                    throw error
                }
                await office.close()
            }
        }
    }

    private static let rounds = 3
    /// As many letters as a worker sends at a time unless it is told otherwise.
    static let width = 4

    private static func measure(
        _ benchmark: Benchmark, _ office: PostOffice, _ cluster: BenchmarkCluster
    ) async throws {
        let sink = try Sink(on: office.loops.sink)
        let stop = StopSignal()
        async let taking: Void = sink.run(until: stop)
        let copies = max(1, Int(benchmark.options.seconds / 2))
        var (ours, bare, rows, processor): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        for round in 0...rounds {
            Benchmark.say(round == 0 ? "warming up" : "round \(round) of \(rounds)")
            let sent = try await office.send(try await office.lay(copies), over: sink)
            let written = try await office.write(try await office.lay(copies), on: cluster.connection())
            let carried = try await carry(try await sink.sample(), 5 * copies * PostOffice.templates, to: sink, office)
            if round == 0 { continue }
            ours.append(sent.perSecond)
            processor.append(sent.processorSeconds * 1e6)
            rows.append(written)
            bare.append(carried)
        }
        stop.raise()
        try await taking
        let (one, other) = (Benchmark.median(bare), Benchmark.median(rows))
        benchmark.record(
            Figure(
                "letters, \(width) at a time", Benchmark.median(ours), "/s",
                against: "the message sent, then its rows by pgbench", other: 1 / (1 / one + 1 / other)))
        benchmark.record(Figure("the message sent over kept connections", one, "/s"))
        benchmark.record(Figure("the rows by pgbench", other, "/s"))
        benchmark.record(Figure("processor time of the worker, one letter", Benchmark.median(processor), "us"))
    }

    /// Sends one message again and again as the worker sends its letters.
    private static func carry(
        _ message: (envelope: Envelope, content: [UInt8]), _ count: Int, to sink: Sink, _ office: PostOffice
    ) async throws -> Double {
        let pool = SMTPPool(try sink.client())
        let begin = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<width {
                group.addTask(executorPreference: office.loops.sender.next()) {
                    for _ in 0..<(count / width) {
                        _ = try await pool.send(message.content, message.envelope, within: .seconds(30))
                    }
                }
            }
            try await group.waitForAll()
        }
        return Double(count) / (begin.duration(to: .now) / .seconds(1))
    }
}
