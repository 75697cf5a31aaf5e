extension EventLoop {
    /// Starts a task on this loop and does not wait for it.
    ///
    /// Prefer a task group with `addTask(executorPreference:)` where somebody can wait for the task.
    @discardableResult
    public func spawn<Success: Sendable>(
        _ body: sending @escaping @isolated(any) () async throws -> Success
    ) -> Task<Success, any Error> {
        // Safe: this is the place that starts tasks without a parent; whoever calls it holds the handle.
        Task(executorPreference: self, operation: body)
    }

    /// Runs `body` as a task on this loop and waits for its result; cancelling the caller cancels it.
    public func run<Success: Sendable>(
        _ body: sending @escaping @isolated(any) () async throws -> Success
    ) async throws -> Success {
        let task = spawn(body)
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// Calls `work` at once if this is the loop's thread, else soon on that thread.
    func reach(_ work: @escaping @Sendable () -> Void) {
        if isCurrent { work() } else { execute(work) }
    }

    /// Lets everything else that is ready on the current loop run first; returns at once off any loop.
    ///
    /// For loops that may never suspend because their descriptor always has more.
    public static func yield() async {
        guard let loop = current else { return }
        await withUnsafeContinuation { continuation in
            loop.execute { continuation.resume() }
        }
    }
}
