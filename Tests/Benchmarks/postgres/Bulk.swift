import BenchmarkSupport
import Foundation
import LocalCluster
import Moments
import Postgres
import Runtime
import Synchronization

/// Many statements and many rows at once, over one connection.
struct Bulk: Sendable {
    let database: Database
    /// Where it all happens, as in a program.
    let loop: EventLoop
    let connection: String

    static let batch = 500
    static let rows = 200_000

    /// Statements a second in pipelines.
    func pipelines(for duration: Duration) async throws -> Double {
        let database = database
        return try await loop.run {
            let begun = ContinuousClock.now
            var done = 0
            while ContinuousClock.now - begun < duration {
                let numbers = (done..<done + Self.batch)
                let answers = try await database.pipeline(numbers.map { "select \($0)" })
                guard try answers.last?.first(as: Int.self) == numbers.last else {
                    throw BenchmarkFault("a wrong answer")
                }
                done += Self.batch
            }
            return Double(done) / ((ContinuousClock.now - begun) / .seconds(1))
        }
    }

    /// The same by `pgbench`, in statements a second.
    func floorOfPipelines(for duration: Duration) async throws -> Double {
        let selects = repeatElement("select :number;", count: Self.batch).joined(separator: "\n")
        let script = "\\set number random(1, 1000000)\n\\startpipeline\n\(selects)\n\\endpipeline"
        return try await PgBench(script: script).run(connection, for: duration).transactionsPerSecond
            * Double(Self.batch)
    }

    static let table = "create table bulk (number bigint, text text, at timestamptz)"

    /// Rows a second that are copied into a table.
    func copyIn(for duration: Duration) async throws -> Double {
        try await rate(for: duration) {
            try await database.run(script: "truncate bulk")
            let begun = ContinuousClock.now
            let now = SystemTime().now
            _ = try await database.transaction { transaction in
                try await transaction.copy(into: "bulk (number, text, at)") { rows in
                    for number in 0..<Self.rows { try await rows.append(number, "The printer smokes", now) }
                }
            }
            return ContinuousClock.now - begun
        }
    }

    /// Rows a second that are copied out of it.
    func copyOut(for duration: Duration) async throws -> Double {
        try await rate(for: duration) {
            let begun = ContinuousClock.now
            var lines = 0
            _ = try await database.transaction { transaction in
                try await transaction.copyOut("copy bulk to stdout") { bytes in lines += bytes.count { $0 == 0x0A } }
            }
            guard lines == Self.rows else { throw BenchmarkFault("\(lines) rows came out") }
            return ContinuousClock.now - begun
        }
    }

    /// The same by `psql`, from and to a file.
    func floorOfCopyIn(file: String, for duration: Duration) async throws -> Double {
        try await rate(for: duration) {
            try await database.run(script: "truncate bulk")
            return try await psql("\\copy bulk from '\(file)'")
        }
    }

    func floorOfCopyOut(file: String, for duration: Duration) async throws -> Double {
        try await rate(for: duration) { try await psql("\\copy bulk to '\(file)'") }
    }

    private func rate(for duration: Duration, _ turn: @Sendable @escaping () async throws -> Duration) async throws
        -> Double
    {
        try await loop.run {
            let end = ContinuousClock.now + duration
            var (turns, spent) = (0, Duration.zero)
            repeat {
                spent += try await turn()
                turns += 1
            } while ContinuousClock.now < end
            return Double(turns * Self.rows) / (spent / .seconds(1))
        }
    }

    /// Has `psql` perform a command; answers with the time that it took by its own clock, without its start.
    private func psql(_ command: String) async throws -> Duration {
        let lines = Mutex<[String]>([])
        let program = ChildProgram(
            try await PostgresBinaries.find().path("psql"),
            ["--no-psqlrc", "--command=\\timing on", "--command=\(command)", connection])
        let end = try await ChildProcess.start(program) { _, line in lines.withLock { $0.append(line) } }.exit()
        let said = lines.withLock { $0.joined(separator: "\n") }
        guard end.isSuccess, let time = said.firstMatch(of: /Time: ([0-9.]+) ms/), let milliseconds = Double(time.1)
        else { throw BenchmarkFault("psql said: \(said)") }
        return .seconds(milliseconds / 1000)
    }
}
