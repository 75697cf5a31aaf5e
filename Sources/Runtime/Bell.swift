import Synchronization

/// Wakes one task that waits for something to do. A ring while nobody waits is kept for the next wait; several are one.
public final class Bell: Sendable {
    private enum State {
        case silent
        case rung
        case waiting(UnsafeContinuation<Void, Never>)
    }

    private let state = Mutex(State.silent)

    public init() {}

    /// Callable from any thread.
    public func ring() {
        let waiter = state.withLock { state -> UnsafeContinuation<Void, Never>? in
            guard case .waiting(let waiter) = state else {
                state = .rung
                return nil
            }
            state = .silent
            return waiter
        }
        waiter?.resume()
    }

    /// Returns when the bell is or has been rung, or the task is cancelled.
    /// - Precondition: no other task waits.
    public func wait() async {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let isRung = state.withLock { state in
                    switch state {
                    case .silent:
                        state = .waiting(continuation)
                        return false
                    case .rung:
                        state = .silent
                        return true
                    case .waiting:
                        preconditionFailure("one task waits for a bell")
                    }
                }
                if isRung { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
    }
}
