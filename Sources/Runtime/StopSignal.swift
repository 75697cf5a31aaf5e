import Synchronization

/// The request to stop, made once and for good: take on nothing new, finish what is in hand.
///
/// It is not cancellation, which means: abandon the work now.
public final class StopSignal: Sendable {
    private struct State {
        var isRaised = false
        var nextKey = 0
        var actions: [Int: @Sendable () -> Void] = [:]
        var withdrawn: Set<Int> = []
    }

    private let state = Mutex(State())

    /// A signal that has not been raised.
    public init() {}

    /// Whether the request has been made.
    public var isRaised: Bool { state.withLock { $0.isRaised } }

    /// Makes the request; without effect from the second time on. Callable from any thread.
    public func raise() {
        let actions = state.withLock { state in
            state.isRaised = true
            defer { state.actions = [:] }
            return state.actions
        }
        for key in actions.keys.sorted() { actions[key]?() }
    }

    /// Returns when the request is made, or when the task is cancelled.
    public func wait() async {
        let key = newKey()
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                add(key) { continuation.resume() }
            }
        } onCancel: {
            withdraw(key)?()
        }
        state.withLock { _ = $0.withdrawn.remove(key) }
    }

    /// Has `action` called once when the request is made, at once if it has been, on the thread that makes it; so it
    /// must be quick. Those of one signal are called in the order in which they were handed in.
    ///
    /// The signal holds the action until it is raised or the registration is cancelled.
    public func onRaise(_ action: @escaping @Sendable () -> Void) -> Registration {
        let key = newKey()
        add(key, action)
        return Registration(signal: self, key: key)
    }

    /// Runs `body` and cancels it when the request is made; on the loop of the caller if it has one.
    ///
    /// For the waits of a service: `while let job = try await stop.untilRaised({ try await queue.next() }) { … }`.
    /// - Returns: the result, or nil if the request was made and the body then failed or had not begun.
    /// - Throws: what the body throws while no request has been made.
    public func untilRaised<Success: Sendable>(
        _ body: sending @escaping @isolated(any) () async throws -> Success
    ) async throws -> Success? {
        guard !isRaised else { return nil }
        // Safe: the task is awaited here and cancelled with the caller.
        let task = Task(executorPreference: EventLoop.current, operation: body)
        let registration = onRaise { task.cancel() }
        defer { registration.cancel() }
        do {
            return try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
        } catch {
            guard isRaised else { throw error }
            return nil
        }
    }

    /// The wish to be told of the request; it lasts as long as the signal unless it is cancelled.
    public struct Registration: Sendable {
        fileprivate let signal: StopSignal
        fileprivate let key: Int

        /// Takes the wish back; an action that is being called meanwhile goes on.
        public func cancel() { _ = signal.forget(key) }
    }

    private func newKey() -> Int {
        state.withLock { state in
            state.nextKey += 1
            return state.nextKey
        }
    }

    private func add(_ key: Int, _ action: @escaping @Sendable () -> Void) {
        let isDue = state.withLock { state in
            if state.isRaised || state.withdrawn.contains(key) { return true }
            state.actions[key] = action
            return false
        }
        if isDue { action() }
    }

    private func forget(_ key: Int) -> (@Sendable () -> Void)? {
        state.withLock { $0.actions.removeValue(forKey: key) }
    }

    private func withdraw(_ key: Int) -> (@Sendable () -> Void)? {
        state.withLock { state in
            let action = state.actions.removeValue(forKey: key)
            if action == nil { state.withdrawn.insert(key) }
            return action
        }
    }
}
