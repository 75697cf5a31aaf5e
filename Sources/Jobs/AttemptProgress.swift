import Synchronization

/// How far an attempt has come in this process, and the means to cut it short.
final class AttemptProgress: Sendable {
    enum Stage: Sendable {
        case open
        /// Settled in a transaction whose commit somebody else makes.
        case entrusted
        case settled
    }

    /// Apart from the rest, because next to no job is cancelled, and each has one of these.
    private final class Cancelled: Sendable {
        let job: ClaimedJob

        init(_ job: ClaimedJob) { self.job = job }
    }

    private struct State {
        var stage = Stage.open
        var cancelled: Cancelled?
        var cutShort: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    var stage: Stage { state.withLock { $0.stage } }

    /// The job as it is to be settled, if somebody cancelled it.
    var cancelled: ClaimedJob? { state.withLock { $0.cancelled?.job } }

    func move(to stage: Stage) { state.withLock { $0.stage = stage } }

    /// Notes that the job was cancelled, and ends the wait of the attempt for its time to be over.
    ///
    /// - Parameter job: the job with the token by which it is to be settled.
    func cancel(_ job: ClaimedJob) {
        state.withLock { state in
            state.cancelled = Cancelled(job)
            state.cutShort?()
        }
    }

    /// Runs `wait`, cancelled as soon as the job is.
    func untilCancelled(_ wait: () async -> Void) async {
        let isCancelled = withUnsafeCurrentTask { task in
            // Safe: the task is cancelled under the lock alone, and forgotten under it before it ends; to cancel a task
            // is safe from any thread.
            nonisolated(unsafe) let task = task
            return state.withLock { state in
                state.cutShort = { task?.cancel() }
                return state.cancelled != nil
            }
        }
        if !isCancelled { await wait() }
        state.withLock { $0.cutShort = nil }
    }
}
