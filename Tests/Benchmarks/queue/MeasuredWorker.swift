import BenchmarkSupport
import Foundation
import Jobs
import Postgres
import Runtime

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
        let handlers = [
            handler(of: Nothing.self, seen), handler(of: Forgotten.self, seen),
            JobHandler(for: Together.self, batchesOf: width) { _, _ in },
            JobHandler(for: TogetherForgotten.self, batchesOf: width) { _, _ in },
        ]
        return JobWorker(JobRegistry(handlers), database: database, settings: settings)
    }

    private static func handler<J: Job>(
        of kind: J.Type, _ seen: @escaping @Sendable (JobContext) -> Void
    ) -> JobHandler {
        JobHandler(for: kind) { _, context in
            seen(context)
            return .done
        }
    }
}
