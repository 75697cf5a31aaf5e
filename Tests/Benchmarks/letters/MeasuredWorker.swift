import BenchmarkSupport
import DeskMail
import DeskStore
import Foundation
import Jobs
import Postgres
import Routing
import Runtime
import Secrets
import TimeZones

/// The routing worker's part that sends letters.
enum MeasuredWorker {
    static let database = "BENCH_DATABASE"
    static let port = "BENCH_SMTP_PORT"

    /// Works until its standard input ends.
    static func run() async {
        let environment = ProcessInfo.processInfo.environment
        do {
            guard let connection = ConnectionString(environment[database] ?? ""),
                let port = environment[port].flatMap({ UInt16($0) })
            else { throw BenchmarkFault("there is no database, or no smarthost") }
            let loops = EventLoopGroup()
            let store = DeskStore(
                Database(DatabaseConfiguration(connection), loops: loops), timekeeper: SystemTime(), zones: TimeZones())
            let composer = LetterComposer(
                keys: MasterKeys(id: "bench", key: .random()), publicURL: "https://desk.example")
            let handlers = RoutingHandlers(
                store, composer: composer, client: try Sink.client(port: port), metrics: Metrics(),
                log: .silent)
            var settings = JobWorkerSettings(name: "benchmark")
            settings.queues = [SendLetter.queue]
            settings.concurrency = LettersBenchmark.width
            let worker = JobWorker(JobRegistry(handlers.all), database: store.database, settings: settings)
            let stop = StopSignal()
            print("ready")
            // Before somebody waits on the standard input, whose lock this takes too.
            fflush(nil)
            let input = Thread {
                while readLine() != nil {}
                stop.raise()
            }
            input.start()
            try await loops.next().run { try await worker.run(until: stop) }
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
        }
    }
}
