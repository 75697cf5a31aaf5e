import LocalCluster
import Synchronization

/// A program of the system that a benchmark runs to its end.
public struct Tool: Sendable {
    let path: String

    public init(_ path: String) { self.path = path }

    /// Runs it.
    ///
    /// - Returns: all that it said.
    /// - Throws: `BenchmarkFault` with what it said where it fails.
    @discardableResult
    public func output(_ arguments: [String]) async throws -> String {
        let lines = Mutex<[String]>([])
        let child = try await ChildProcess.start(ChildProgram(path, arguments)) { _, line in
            lines.withLock { $0.append(line) }
        }
        let end = await child.exit()
        let said = lines.withLock { $0.joined(separator: "\n") }
        guard end.isSuccess else { throw BenchmarkFault("\(path) ended with \(end): \(said)") }
        return said
    }
}
