import Synchronization

/// Whether a deadline has passed, and what that makes of the result of the task it was set for.
final class Expiry: Sendable {
    private let hasPassed = Atomic(false)

    func pass<Success>(_ task: Task<Success, any Error>) {
        hasPassed.store(true, ordering: .releasing)
        task.cancel()
    }

    /// The result of `task`, which is cancelled with the caller.
    func value<Success: Sendable>(of task: Task<Success, any Error>, limit: Duration) async throws -> Success {
        do {
            return try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
        } catch {
            throw hasPassed.load(ordering: .acquiring) ? TimedOut(after: limit) : error
        }
    }
}

/// A loop's timer that is set and withdrawn from wherever the caller happens to be.
// Safe: every member runs on the thread of the one loop that was given to `set`.
final class Alarm: @unchecked Sendable {
    private var timer: LoopTimer?
    private var isWithdrawn = false

    func set(on loop: EventLoop, after duration: Duration, _ action: @escaping @Sendable () -> Void) {
        guard !isWithdrawn else { return }
        timer = loop.schedule(after: duration, action)
    }

    func withdraw() {
        isWithdrawn = true
        timer?.cancel()
        timer = nil
    }
}
