import Runtime
import Synchronization

/// Lends connections to callers, about in the order in which they come, and keeps as many open as are needed at a time.
final class Pool: Sendable {
    private typealias State = PoolState<Connection>

    private struct Shared {
        var state: State
        var callers: [Int: UnsafeContinuation<Result<Connection, Refused>, Never>] = [:]
        var callersSoFar = 0
        /// When the state is looked at next.
        var look: ContinuousClock.Instant?
        var closers: [UnsafeContinuation<Void, Never>] = []
        var isFinished = false
        /// Why nobody gets a connection for now.
        var barrier: String?
    }

    /// Why a caller gets no connection.
    enum Refused: Error {
        case by(PoolState<Connection>.Refusal)
        case cancelled
    }

    private let shared: Mutex<Shared>
    private let connector: Connector
    private let loops: EventLoopGroup
    private let patience: Duration
    private let log: Log
    /// Where the waiting is timed.
    private let home: EventLoop

    init(_ connector: Connector, loops: EventLoopGroup, log: Log) {
        let configuration = connector.configuration
        shared = Mutex(Shared(state: PoolState(limit: configuration.poolSize)))
        self.connector = connector
        self.loops = loops
        self.log = log
        patience = configuration.acquireTimeout
        home = loops.next()
    }

    /// A connection for the caller alone, until it is given back.
    func acquire(at origin: CallSite) async throws(DatabaseError) -> Connection {
        if Task.isCancelled { throw DatabaseError(.cancelled, at: origin) }
        if let barrier = shared.withLock(\.barrier) { throw DatabaseError(.unreachable, report: barrier, at: origin) }
        let here = EventLoop.current
        if let connection = shared.withLock({ $0.state.take { $0.loop === here } }) { return connection }
        let caller = shared.withLock { shared in
            shared.callersSoFar += 1
            return shared.callersSoFar
        }
        let outcome = await withTaskCancellationHandler {
            await withUnsafeContinuation { enqueue(caller, at: here, $0) }
        } onCancel: {
            giveUp(caller)
        }
        switch outcome {
        case .success(let connection): return connection
        case .failure(.cancelled): throw DatabaseError(.cancelled, at: origin)
        case .failure(.by(.closed)):
            throw DatabaseError(.misused, report: "the database was closed by this program", at: origin)
        case .failure(.by(.exhausted)):
            throw DatabaseError(.exhausted, report: "none came free within \(patience)", at: origin)
        case .failure(.by(.unreachable(let report))):
            throw DatabaseError(.unreachable, report: report, at: origin)
        }
    }

    /// Refuses callers with this reason from here on; nil lets them in again.
    func bar(because reason: String?) {
        shared.withLock { $0.barrier = reason }
    }

    /// How many callers wait, and how many connections nobody uses.
    var queueLength: Int { shared.withLock { $0.state.queueLength } }
    var idleCount: Int { shared.withLock { $0.state.idle.count } }
    /// How many attempts to open a connection have failed since one succeeded.
    var failuresInARow: Int { shared.withLock(\.state.failuresInARow) }

    func giveBack(_ connection: Connection) {
        change { $0.state.giveBack(connection, isUsable: connection.isReusable, at: .now) }
    }

    /// Refuses new callers, closes what is idle, and waits until the last lent connection has come back.
    func close() async {
        change { $0.state.close(at: .now) }
        await withUnsafeContinuation { continuation in
            let isFinished = shared.withLock { shared in
                if !shared.isFinished { shared.closers.append(continuation) }
                return shared.isFinished
            }
            if isFinished { continuation.resume() }
        }
    }

    // MARK: - Waiting

    private func enqueue(
        _ caller: Int, at loop: EventLoop?, _ continuation: UnsafeContinuation<Result<Connection, Refused>, Never>
    ) {
        change { [patience] shared in
            shared.callers[caller] = continuation
            return shared.state.ask(caller, until: .now + patience, at: .now) { $0.loop === loop }
        }
        // A cancellation that came before found nobody to resume.
        if Task.isCancelled { giveUp(caller) }
    }

    private func giveUp(_ caller: Int) {
        let continuation = shared.withLock { shared in
            shared.state.withdraw(caller) ? shared.callers.removeValue(forKey: caller) : nil
        }
        continuation?.resume(returning: .failure(.cancelled))
    }

    /// Has the state looked at when its hour comes. A look that was set for later comes too, and finds nothing to do.
    private func setTimer(for look: ContinuousClock.Instant) {
        home.execute { [self] in
            _ = home.schedule(after: ContinuousClock.now.duration(to: look)) { [self] in
                change { shared in
                    if shared.look == look { shared.look = nil }
                    return shared.state.look(at: .now)
                }
            }
        }
    }

    // MARK: - Acting

    /// Changes the state and does what follows from it, outside of the lock.
    private func change(_ step: @Sendable (inout Shared) -> [State.Action]) {
        let (actions, look) = shared.withLock { shared in
            let actions = step(&shared)
            let next = shared.state.nextLook
            guard let next, shared.look.map({ next < $0 }) ?? true else {
                return (actions, ContinuousClock.Instant?.none)
            }
            shared.look = next
            return (actions, next)
        }
        for action in actions { perform(action) }
        if let look { setTimer(for: look) }
    }

    private func perform(_ action: State.Action) {
        switch action {
        case .lend(let connection, let caller):
            resume(caller, with: .success(connection))
        case .refuse(let caller, let refusal):
            resume(caller, with: .failure(.by(refusal)))
        case .close(let connection):
            connection.closeSoon()
        case .open:
            let loop = loops.nearest
            loop.spawn { await self.open(on: loop) }
        case .finished:
            let closers = shared.withLock { shared in
                shared.isFinished = true
                defer { shared.closers = [] }
                return shared.closers
            }
            for closer in closers { closer.resume() }
        }
    }

    private func resume(_ caller: Int, with result: Result<Connection, Refused>) {
        let continuation = shared.withLock { $0.callers.removeValue(forKey: caller) }
        continuation?.resume(returning: result)
    }

    private func open(on loop: EventLoop) async {
        do {
            let connection = try await connector.connect(on: loop)
            try await connection.start { [weak self] broken in
                self?.change { $0.state.drop(at: .now) { $0 === broken } }
            }
            change { $0.state.opened(connection, at: .now) }
        } catch {
            let report = (error as? ConnectionAttempt.Failure)?.report ?? "\(error)"
            log.warning("The database cannot be reached.", ["reason": .string(report)])
            change { shared in
                let pause = Self.pause(after: shared.state.failuresInARow)
                return shared.state.failedToOpen(report, pause: pause, at: .now)
            }
        }
    }

    /// How long after a failed attempt the next one is worth making.
    private static func pause(after failures: Int) -> Duration {
        .milliseconds(20) + backoff.delay(afterAttempt: failures + 1)
    }

    private static let backoff = Backoff(first: .milliseconds(50), most: .seconds(1))
}
