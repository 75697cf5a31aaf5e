import Moments
import Runtime
import Synchronization

/// Cuts attempts short: those that take longer than their policies allow, and those whose jobs were cancelled.
///
/// One watch for all attempts of a queue, because a task and a timer for each would cost more than a small handler.
final class AttemptWatch: Sendable {
    private struct Attempt {
        let task: UnsafeCurrentTask
        let end: Moment
        var isCut = false

        mutating func cut() {
            isCut = true
            task.cancel()
        }
    }

    // Safe: the task is cancelled under the lock alone, and forgotten under it by the task itself; to cancel a task is
    // safe from any thread.
    private struct State: @unchecked Sendable {
        var attempts: [JobID: Attempt] = [:]
        /// When the watch looks next; nil while it waits for an attempt.
        var look: Moment?
    }

    private let state = Mutex(State())
    private let bell = Bell()

    /// Begins to watch the attempt that the present task makes, until ``forget(_:)``; the task must not end before.
    ///
    /// - Parameter end: when its time is over.
    func begin(_ job: ClaimedJob, until end: Moment) {
        let isFirst = withUnsafeCurrentTask { task in
            guard let task else { preconditionFailure("attempts are made by tasks") }
            // Safe: see `State`.
            nonisolated(unsafe) let attempt = Attempt(task: task, end: end)
            return state.withLock { state in
                state.attempts[job.id] = attempt
                if job.progress.cancelled != nil { state.attempts[job.id]?.cut() }
                let isFirst = state.look.map { end < $0 } ?? true
                if isFirst { state.look = end }
                return isFirst
            }
        }
        if isFirst { bell.ring() }
    }

    /// Ends the watch over an attempt. From then on its task is no longer cancelled from here.
    ///
    /// - Returns: whether it was cut short.
    func forget(_ job: ClaimedJob) -> Bool {
        state.withLock { $0.attempts.removeValue(forKey: job.id)?.isCut ?? false }
    }

    /// Cuts an attempt short whose job was cancelled; one that begins later is cut short by itself.
    func cut(_ id: JobID) { state.withLock { $0.attempts[id]?.cut() } }

    /// Cuts short what is overdue, until the task is cancelled.
    func run(by time: any Timekeeper) async {
        while !Task.isCancelled {
            let now = time.now
            let look = state.withLock { state in
                for (id, attempt) in state.attempts where attempt.end <= now && !attempt.isCut {
                    state.attempts[id]?.cut()
                }
                state.look = state.attempts.values.lazy.filter { !$0.isCut }.map(\.end).min()
                return state.look
            }
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.bell.wait() }
                if let look { group.addTask { try? await time.wait(until: look) } }
                await group.next()
                group.cancelAll()
            }
        }
    }
}
