import Foundation
import LocalCluster

/// PostgreSQL's own load generator: what the same statements reach with nothing of ours around them.
public struct PgBench: Sendable {
    /// What a run reached.
    public struct Result: Sendable, Equatable {
        public let transactionsPerSecond: Double
        /// The mean, in milliseconds.
        public let latency: Double
    }

    /// The transaction, in the language of `pgbench`: SQL, `\set` and its like.
    public var script: String
    public var clients: Int
    public var threads: Int
    /// Values of `:name` in the script.
    public var variables: [String: Int]

    public init(script: String, clients: Int = 1, threads: Int = 1, variables: [String: Int] = [:]) {
        (self.script, self.clients, self.threads, self.variables) = (script, clients, threads, variables)
    }

    /// Runs the script against a database for so long, with prepared statements.
    ///
    /// - Parameters:
    ///   - connection: where libpq finds it.
    ///   - rate: how many are begun a second, at random instants; as many as there can be if nil.
    /// - Throws: `BenchmarkFault` with what `pgbench` said where it fails.
    public func run(
        _ connection: String, for duration: Duration, perSecond rate: Double? = nil
    ) async throws -> Result {
        let time = "--time=\(max(1, Int((duration / .seconds(1)).rounded())))"
        return try await run(connection, until: [time] + (rate.map { ["--rate=\($0)"] } ?? []))
    }

    /// Runs the script so many times for each client, with prepared statements.
    ///
    /// - Throws: `BenchmarkFault` with what `pgbench` said where it fails.
    public func run(_ connection: String, transactions: Int) async throws -> Result {
        try await run(connection, until: ["--transactions=\(transactions)"])
    }

    private func run(_ connection: String, until end: [String]) async throws -> Result {
        let file = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString).sql")
        try script.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let said = try await Self.output(
            [
                "--no-vacuum", "--protocol=prepared", "--file=\(file.path)", "--client=\(clients)", "--jobs=\(threads)",
            ] + end + variables.sorted { $0.key < $1.key }.map { "--define=\($0.key)=\($0.value)" } + [connection])
        guard let result = Self.result(in: said) else { throw BenchmarkFault("pgbench said: \(said)") }
        return result
    }

    /// The contender whose measure is transactions per second.
    public func contender(_ name: String, _ connection: String) -> Contender {
        Contender(name) { try await run(connection, for: $0).transactionsPerSecond }
    }

    /// Reads the report at the end of a run.
    static func result(in output: String) -> Result? {
        func number(after label: String) -> Double? {
            output.split(separator: "\n").first { $0.hasPrefix(label) }
                .flatMap { $0.dropFirst(label.count).split(separator: " ").first }.flatMap { Double($0) }
        }
        guard let rate = number(after: "tps = "), let latency = number(after: "latency average = ") else { return nil }
        return Result(transactionsPerSecond: rate, latency: latency)
    }

    private static func output(_ arguments: [String]) async throws -> String {
        try await Tool(PostgresBinaries.find().path("pgbench")).output(arguments)
    }
}
