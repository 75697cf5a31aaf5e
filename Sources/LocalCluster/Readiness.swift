import Synchronization

/// Listens to a starting server: the line that says it is ready, or its end.
final class Readiness: Sendable {
    private struct State {
        var outcome: Result<Void, ClusterFault>?
        var waiter: CheckedContinuation<Void, any Error>?
        var lastLines: [String] = []
    }

    private static let words = ["connections", "read-only connections"].map {
        "database system is ready to accept \($0)"
    }

    private let state = Mutex(State())

    /// Takes a line of the server's log. A standby is ready when it can be read.
    func heard(_ line: String) {
        if Self.words.contains(where: line.hasSuffix) { return decide(.success(())) }
        state.withLock { state in
            state.lastLines.append(line)
            if state.lastLines.count > 10 { state.lastLines.removeFirst() }
        }
    }

    /// The server has ended.
    func ended(_ status: ChildEnd) {
        let lines = state.withLock { $0.lastLines.joined(separator: "\n  ") }
        decide(.failure(ClusterFault("PostgreSQL ended with \(status) instead of starting. It said:\n  \(lines)")))
    }

    /// Waits for the first of the two.
    func wait() async throws {
        try await withCheckedThrowingContinuation { waiter in
            let outcome = state.withLock { state in
                if state.outcome == nil { state.waiter = waiter }
                return state.outcome
            }
            if let outcome { waiter.resume(with: outcome.mapError { $0 }) }
        }
    }

    private func decide(_ outcome: Result<Void, ClusterFault>) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard state.outcome == nil else { return nil }
            state.outcome = outcome
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(with: outcome.mapError { $0 })
    }
}
