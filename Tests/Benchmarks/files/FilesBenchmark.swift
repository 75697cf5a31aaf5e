import BenchmarkSupport
import Runtime

/// A file of 1 GiB up and down over the API of a gateway as it is delivered, and how much memory that takes it: no more
/// than a small one does.
///
/// With less than a minute of `--seconds` the file shrinks with it.
@main
enum FilesBenchmark {
    static func main() async {
        await Benchmark.main("files", seconds: 60) { benchmark in
            try await BenchmarkCluster.lend(sharedBuffers: "256MB", settings: ["max_wal_size": "4GB"]) { cluster in
                let size = Int(1_073_741_824 * min(1, benchmark.options.seconds / 60))
                let outcomes = try await Gateway.serving(cluster, largestFile: size) { client, memory in
                    try await play(size, client, memory)
                }
                for outcome in outcomes { outcome.record(on: benchmark, size) }
            }
        }
    }

    /// One way of the file, and what it took.
    struct Outcome: Sendable {
        let name: String
        let seconds: Double
        /// In KiB.
        let resting: Int
        let peak: Int

        init(_ name: String, _ memory: ProcessMemory, _ act: () async throws -> Void) async throws {
            self.name = name
            resting = memory.resetPeak()
            let begin = ContinuousClock.now
            try await act()
            seconds = begin.duration(to: .now) / .seconds(1)
            peak = memory.peak
        }

        func record(on benchmark: Benchmark, _ size: Int) {
            let mebibytes = Double(size) / 1_048_576
            benchmark.record(Figure("\(Int(mebibytes)) MiB \(name)", mebibytes / seconds, "MiB/s"))
            benchmark.record(
                Figure(
                    "memory of the gateway for it beyond \(resting / 1_024) MiB", Double(peak - resting) / 1_024,
                    "MiB",
                    goal: .atMost(32)))
        }
    }

    private static func play(
        _ size: Int, _ client: FileClient, _ memory: ProcessMemory
    ) async throws -> [Outcome] {
        // What code, pools and buffers need in any case is there after a small one.
        _ = try await client.download(try await client.upload(2_000_000))
        var href = ""
        let up = try await Outcome("up", memory) { href = try await client.upload(size) }
        let down = try await Outcome("down", memory) {
            guard try await client.download(href) == FileClient.digest(size) else {
                throw BenchmarkFault("the bytes that came back are others")
            }
        }
        return [up, down]
    }
}
