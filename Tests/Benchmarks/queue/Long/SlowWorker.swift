import BenchmarkSupport
import Foundation
import Jobs
import Postgres
import Runtime

/// A worker whose handlers take ten milliseconds each, on this machine or at the other end of a line.
enum SlowWorker {
    /// By which this program knows that it is one.
    static let word = "slow-worker"
    static let width = 16

    private static let database = "BENCH_DATABASE"

    /// - Parameter prefix: the program and its words that run it elsewhere.
    static func start(_ connection: String, by prefix: [String] = []) throws -> Process {
        let process = Process()
        let words = prefix + [CommandLine.arguments[0], "long", word]
        process.executableURL = URL(filePath: words[0])
        process.arguments = Array(words.dropFirst())
        process.environment = ProcessInfo.processInfo.environment.merging([database: connection]) { $1 }
        process.standardInput = Pipe()
        try process.run()
        return process
    }

    /// Works until its standard input ends.
    static func run() async {
        guard let place = ConnectionString(ProcessInfo.processInfo.environment[database] ?? "") else { return }
        let loops = EventLoopGroup()
        let stop = StopSignal()
        Thread {
            while readLine() != nil {}
            stop.raise()
        }
        .start()
        var settings = JobWorkerSettings(name: word)
        settings.concurrency = width
        let handler = JobHandler(for: Nothing.self) { _, _ in
            try await SystemTime().wait(for: .milliseconds(10))
            return .done
        }
        let database = Database(DatabaseConfiguration(place), loops: loops)
        let worker = JobWorker(JobRegistry([handler]), database: database, settings: settings)
        do {
            try await loops.next().run { try await worker.run(until: stop) }
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
        }
    }
}
