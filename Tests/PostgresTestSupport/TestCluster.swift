import Foundation
import Glibc
import LocalCluster
import Synchronization

/// The PostgreSQL server of this test process: made when the first test asks for it, gone with the process.
///
/// With `MERIDIAN_TEST_CLUSTER` set to a connection string in keyword form, that server is used instead.
public enum TestCluster {
    private enum State {
        case absent
        case starting([CheckedContinuation<LocalCluster, any Error>])
        case decided(Result<LocalCluster, any Error>)
    }

    private static let state = Mutex(State.absent)

    /// The connection string of a database on the server, as its superuser.
    public static func connection(database: String = "postgres") async throws -> String {
        if let given = ProcessInfo.processInfo.environment["MERIDIAN_TEST_CLUSTER"], !given.isEmpty {
            return "\(given) dbname='\(database)'"
        }
        return try await shared().connection(database: database)
    }

    /// The same with another user.
    public static func connection(database: String, user: String) async throws -> String {
        "\(try await connection(database: database)) user='\(user)'"
    }

    /// Starts the server for the first who asks; the others wait for the same one.
    private static func shared() async throws -> LocalCluster {
        try await withCheckedThrowingContinuation { waiter in
            let (outcome, isFirst) = state.withLock { state -> (Result<LocalCluster, any Error>?, Bool) in
                switch state {
                case .absent:
                    state = .starting([waiter])
                    return (nil, true)
                case .starting(let waiters):
                    state = .starting(waiters + [waiter])
                    return (nil, false)
                case .decided(let outcome):
                    return (outcome, false)
                }
            }
            if let outcome { waiter.resume(with: outcome) }
            // Safe: a task of its own, because the test that asks first may be cancelled while others wait.
            if isFirst { Task { decide(await Result { try await start() }) } }
        }
    }

    private static func decide(_ outcome: Result<LocalCluster, any Error>) {
        let waiters = state.withLock { state in
            guard case .starting(let waiters) = state else { return [CheckedContinuation<LocalCluster, any Error>]() }
            state = .decided(outcome)
            return waiters
        }
        for waiter in waiters { waiter.resume(with: outcome) }
    }

    private static func start() async throws -> LocalCluster {
        TestFolder.removeAbandoned()
        let folder = try TestFolder.make()
        let cluster = try await LocalCluster.start(
            ClusterSettings(
                dataDirectory: "\(folder)/data", socketDirectory: "\(folder)/socket", isDurable: false,
                maxConnections: 1_000, sharedBuffers: "32MB",
                others: [
                    "wal_level": "minimal", "max_wal_senders": "0", "max_wal_size": "256MB", "jit": "off",
                ], signalAtOurDeath: SIGQUIT))
        atexit {
            TestCluster.state.withLock { state in
                guard case .decided(.success(let cluster)) = state else { return }
                cluster.stopBlocking(.immediate)
            }
            TestFolder.removeOwn()
        }
        return cluster
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
