extension EventLoop {
    /// Calls `action` on this loop's thread after `duration`, to the millisecond and never early. Call it on that
    /// thread.
    public func schedule(after duration: Duration, _ action: @escaping () -> Void) -> LoopTimer {
        assertCurrent()
        let timer = LoopTimer(due: 0, loop: self, action: action)
        timers.arm(timer, due: MonotonicTime.now(plus: duration))
        return timer
    }

    /// Suspends the caller, which may be on any thread, for `duration`.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    public func sleep(for duration: Duration) async throws {
        let sleeper = Sleeper()
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                reach { sleeper.start(continuation, on: self, for: duration) }
            }
        } onCancel: {
            execute { sleeper.cancel() }
        }
    }

    /// Suspends the caller, which may be on any thread, until `instant`.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    public func sleep(until instant: ContinuousClock.Instant) async throws {
        try await sleep(for: ContinuousClock.now.duration(to: instant))
    }

    func fireTimers() {
        while let timer = timers.popDue(at: turn) {
            timer.action()
        }
    }
}

/// One sleep: its timer and the task that waits.
// Safe: every member runs on the thread of the one loop that was given to `start`.
private final class Sleeper: @unchecked Sendable {
    private var continuation: UnsafeContinuation<Void, any Error>?
    private var timer: LoopTimer?
    private var isCancelled = false

    func start(_ continuation: UnsafeContinuation<Void, any Error>, on loop: EventLoop, for duration: Duration) {
        if isCancelled { return continuation.resume(throwing: CancellationError()) }
        self.continuation = continuation
        timer = loop.schedule(after: duration) { [self] in end(with: .success(())) }
    }

    func cancel() {
        isCancelled = true
        timer?.cancel()
        end(with: .failure(CancellationError()))
    }

    private func end(with result: Result<Void, any Error>) {
        timer = nil
        guard let continuation else { return }
        self.continuation = nil
        continuation.resume(with: result)
    }
}
