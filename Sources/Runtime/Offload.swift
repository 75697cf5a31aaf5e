/// Threads for work that blocks (password hashing, name resolution, files), so that no event loop does.
///
/// At most `width` pieces run at a time; the others wait in the order they came. Threads start when they are first
/// needed and end with the last reference.
public final class Offload: Sendable {
    private let crew: Crew

    /// A pool of at most `width` threads.
    public init(width: Int = 8, name: String = "offload") {
        crew = Crew(width: max(width, 1), name: name)
    }

    deinit {
        crew.close()
    }

    /// Runs `work` on a thread of the pool.
    ///
    /// Work that has begun is waited for, even if the task is cancelled meanwhile.
    /// - Throws: what `work` throws, or `CancellationError` if the task was cancelled before the work began.
    public func run<Success: Sendable>(_ work: @escaping @Sendable () throws -> Success) async throws -> Success {
        let errand = Crew.Errand()
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { (continuation: UnsafeContinuation<Success, any Error>) in
                crew.take(errand) { isWanted in
                    continuation.resume(with: isWanted ? Result(catching: work) : .failure(CancellationError()))
                }
            }
        } onCancel: {
            crew.withdraw(errand)
        }
    }
}
