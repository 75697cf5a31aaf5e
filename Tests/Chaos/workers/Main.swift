import BenchmarkSupport
import Foundation
import JSON
import Jobs
import Postgres
import Runtime
import SeedTestSupport

/// Eight worker processes on one queue while they are killed, frozen past their leases, stopped and cut off from the
/// server: afterwards no job is lost and no effect is there twice. `Deploy/chaos workers` runs it.
@main
enum WorkersChaos {
    /// The word by which this program is a worker.
    static let worker = "--worker"

    /// How long it lasts unless it is told otherwise.
    private static let seconds = 600

    /// How long the workers may take to empty the queue once nothing happens to them any more.
    private static let patience = Duration.seconds(120)

    static func main() async {
        if CommandLine.arguments.dropFirst().first == worker { await CrewMember.run() }
        await OrdealProgram.run("workers", seconds: seconds, say: say) { try await ordeal($0, on: $1, $2) }
    }

    @Sendable static func say(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }

    private static func ordeal(
        _ options: OrdealOptions, on cluster: BenchmarkCluster, _ loops: EventLoopGroup
    ) async throws -> Bool {
        guard let place = ConnectionString(cluster.connection()) else {
            throw BenchmarkFault("the cluster's connection string cannot be read")
        }
        let database = Database(DatabaseConfiguration(place), loops: loops)
        _ = try await Migrator(database, migrations: jobsMigrations).migrate(programNumber: .max)
        try await database.run(script: Producer.tables)
        // What workers say of lost leases and connections is what they should say; it is shown where somebody looks.
        let crew = try await Crew(cluster.connection()) { line in if !options.isJSON { say(line) } }
        let end = ContinuousClock.now + .seconds(options.seconds)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var producer = Producer(database, seed: options.seed)
                while ContinuousClock.now < end {
                    try await producer.leaveSome()
                    let pause = Int.random(in: 10...60, using: &producer.random)
                    try await SystemTime().wait(for: .milliseconds(pause))
                }
            }
            var random = Seed(options.seed &+ 1)
            var cuts = 0
            while ContinuousClock.now < end {
                try await crew.disturb(&random)
                if Int.random(in: 0..<4, using: &random) == 0 { cuts += try await cut(database) }
                try await SystemTime().wait(for: .milliseconds(Int.random(in: 100...600, using: &random)))
            }
            try await group.waitForAll()
            crew.noteCuts(cuts)
        }
        try await untilEmpty(database)
        await crew.disband()
        let findings = try await Findings(database)
        await database.close()
        for (name, numbers) in findings.violations {
            say("VIOLATION, seed \(options.seed): \(name): \(numbers.count), \(numbers.prefix(10))")
        }
        for end in crew.failedStops {
            say("VIOLATION, seed \(options.seed): a worker that was stopped ended with \(end)")
        }
        if findings.backlog > 0 { say("VIOLATION, seed \(options.seed): \(findings.backlog) jobs are left") }
        print(findings.json(options, crew.happened).text)
        return findings.isClean && crew.failedStops.isEmpty
    }

    /// Some sessions of workers end, whatever they are at.
    private static func cut(_ database: Database) async throws -> Int {
        try await database.all(
            """
            select pg_terminate_backend(pid) from (
                select pid from pg_stat_activity where application_name like 'chaos-worker%'
                order by random() limit 3) s
            """, as: Bool.self
        ).count
    }

    private static func untilEmpty(_ database: Database) async throws {
        let end = ContinuousClock.now + patience
        while ContinuousClock.now < end {
            if try await database.first("select not exists (select from jobs.job)", as: Bool.self) == true { return }
            try await SystemTime().wait(for: .milliseconds(100))
        }
    }
}
