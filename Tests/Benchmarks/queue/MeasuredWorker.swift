import BenchmarkSupport
import Foundation
import Jobs
import Postgres
import Runtime

/// Work that is done as soon as it is begun.
struct Nothing: Job {
    static let kind: JobKind = "bench.nothing"
    static let queue: JobQueue = "bench"

    var number: Int
}

/// The process whose rate is measured: the product's worker, with a handler that does nothing.
enum MeasuredWorker {
    /// What the server calls its sessions.
    static let name = "bench-worker"

    private static let database = "BENCH_DATABASE"
    private static let width = "BENCH_WIDTH"

    static func start(_ connection: String, width: Int) throws -> MeasuredProcess {
        try MeasuredProcess.start(["worker"], environment: [database: connection, self.width: "\(width)"])
    }

    /// Works until its standard input ends.
    static func run() async {
        let environment = ProcessInfo.processInfo.environment
        guard let connection = ConnectionString(environment[database] ?? ""), let width = Int(environment[width] ?? "")
        else { return }
        // Before somebody reads, because to flush all streams waits for that too.
        print("begun")
        fflush(nil)
        let loops = EventLoopGroup()
        let stop = StopSignal()
        let input = Thread {
            while readLine() != nil {}
            stop.raise()
        }
        input.start()
        var configuration = DatabaseConfiguration(connection)
        configuration.programName = name
        let worker = worker(width: width, on: Database(configuration, loops: loops)) { _ in }
        do {
            try await loops.next().run { try await worker.run(until: stop) }
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
        }
    }

    /// - Parameter seen: is given each job as its handler begins.
    static func worker(
        width: Int, on database: Database, seen: @escaping @Sendable (JobContext) -> Void
    ) -> JobWorker {
        var settings = JobWorkerSettings(name: "bench")
        settings.concurrency = width
        settings.prefetch = width
        let handler = JobHandler(for: Nothing.self) { _, context in
            seen(context)
            return .done
        }
        return JobWorker(JobRegistry([handler]), database: database, settings: settings)
    }
}
