import BenchmarkSupport
import Foundation
import Postgres
import Runtime

/// Another queue for PostgreSQL at work on the same server, by the settings its documentation gives for throughput
/// (`Deploy/peers/queues.py`).
struct Peer {
    let name: String
    /// What we want to reach of it.
    let goal: Double
    /// How many jobs it gets, so that each takes some seconds.
    let jobs: Int
    /// Whether it has any left.
    private let leftover: SQL

    static let all = [
        Peer(name: "pgqueuer", goal: 2, jobs: 100_000, leftover: "select exists (select from pgqueuer)"),
        Peer(
            name: "procrastinate", goal: 10, jobs: 5_000,
            leftover: "select exists (select from procrastinate_jobs where status in ('todo', 'doing'))"),
        Peer(
            name: "chancy", goal: 10, jobs: 30_000,
            leftover: "select exists (select from chancy_jobs where state in ('pending', 'running', 'retrying'))"),
    ]

    private static let home = ".build/peers"
    private static let script = "Deploy/peers/queues.py"
    private static var python: Tool { Tool("\(home)/bin/python") }

    /// Installs those that are not there yet.
    static func install() async throws {
        if FileManager.default.isExecutableFile(atPath: "\(home)/bin/chancy") { return }
        Benchmark.say("installing the peers")
        try await Tool("/usr/bin/python3").output(["-m", "venv", home])
        try await python.output(
            [
                "-m", "pip", "install", "--quiet", "uvloop", "pgqueuer[asyncpg]", "procrastinate", "chancy",
                "psycopg[binary,pool]",
            ])
    }

    /// Jobs a second that so many of its processes get through, from the first one that is done to the moment when none
    /// is left: what they need to start does not count.
    func rate(processes: Int, on cluster: BenchmarkCluster, by hall: Hall) async throws -> Double {
        let schema = "peer_\(name)_\(UUID().uuidString.prefix(8).lowercased())"
        try await hall.database.run(script: "create database \(schema)")
        let connection = cluster.connection(database: schema)
        try await Self.python.output([Self.script, name, "prepare", connection, "\(jobs)"])
        guard let place = ConnectionString(connection) else {
            throw BenchmarkFault("the connection string cannot be read")
        }
        let database = Database(DatabaseConfiguration(place), loops: hall.loops)
        try await database.run(script: "analyze; checkpoint")
        let (rate, left) = try await withThrowingTaskGroup(of: [Double].self) { group in
            for _ in 0..<processes {
                group.addTask {
                    try await Self.python.output([Self.script, name, "work", connection])
                        .split(separator: " ").compactMap { Double($0) }
                }
            }
            while try await database.first(leftover, as: Bool.self) == true {
                try await SystemTime().wait(for: .milliseconds(10))
            }
            let end = Date().timeIntervalSince1970
            var (first, done) = (end, 0.0)
            for try await said in group where said.count == 3 && said[2] > 0 {
                (first, done) = (min(first, said[0]), done + said[2])
            }
            return (done / (end - first), jobs - Int(done))
        }
        await database.close()
        guard left == 0 else { throw BenchmarkFault("\(name) has not done \(left) of \(jobs) jobs") }
        return rate
    }
}
