import Runtime

/// One direction of a descriptor: whether it is ready, who waits for that, and until when.
// Safe: touched on the loop's thread only; the public members of its owners check that.
final class Gate: @unchecked Sendable {
    private let loop: EventLoop
    /// Whether the descriptor may be tried without waiting; closed by who finds that it would block.
    private(set) var isOpen: Bool
    /// Whether the end or a failure was announced: then reading goes on until the system tells which.
    private(set) var isEnding = false
    private var waiting: UnsafeContinuation<Void, any Error>?
    private var number = 0
    private var failure: (any Error)?
    /// It holds this gate, and so must be let go when the deadline is.
    private var alarm: LoopTimer?
    private var limit = Duration.zero
    private var limitNanoseconds: UInt64 = 0
    private var hasExpired = false
    /// Whether somebody else sees to it that waiting ends when the task is cancelled.
    var leavesCancellationToOthers = false

    init(loop: EventLoop, isOpen: Bool) {
        self.loop = loop
        self.isOpen = isOpen
    }

    /// Returns when the gate is open.
    ///
    /// - Throws: the failure it was given, `TimedOut` after the deadline, `CancellationError`.
    func wait() async throws {
        if let outcome { return try outcome.get() }
        precondition(waiting == nil, "Two tasks wait for the same direction of a stream.")
        if leavesCancellationToOthers {
            return try await withUnsafeThrowingContinuation { continuation in
                waiting = continuation
                if let outcome { resume(outcome) }
            }
        }
        number += 1
        let own = number
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                waiting = continuation
                // For a caller inside an actor of the loop, the loop has had its turn since it looked above.
                if let outcome { resume(outcome) } else if Task.isCancelled { resume(.failure(CancellationError())) }
            }
        } onCancel: {
            loop.execute { [self] in
                if number == own { resume(.failure(CancellationError())) }
            }
        }
    }

    /// What waiting comes to at this moment; nil if it goes on.
    private var outcome: Result<Void, any Error>? {
        if let failure { return .failure(failure) }
        if isOpen { return .success(()) }
        return hasExpired ? .failure(TimedOut(after: limit)) : nil
    }

    func open() {
        isOpen = true
        resume(.success(()))
    }

    /// Notes that no more will come than what has arrived.
    func announceEnd() {
        isEnding = true
    }

    /// Notes that the descriptor would block, or is read empty.
    func close() {
        isOpen = false
    }

    /// Lets nobody through any more.
    func fail(_ error: any Error) {
        failure = failure ?? error
        dropAlarm()
        resume(.failure(error))
    }

    /// Sets, moves or (nil) takes away the time after which waiting fails, counted from the loop's present turn.
    func setDeadline(after duration: Duration?) {
        hasExpired = false
        guard let duration, failure == nil else { return dropAlarm() }
        if duration != limit {
            limit = duration
            limitNanoseconds = MonotonicTime.nanoseconds(duration)
        }
        if let alarm {
            alarm.reset(afterTurn: limitNanoseconds)
        } else {
            alarm = loop.schedule(after: duration) { [self] in expire() }
        }
    }

    private func dropAlarm() {
        alarm?.cancel()
        alarm = nil
    }

    private func expire() {
        hasExpired = true
        resume(.failure(TimedOut(after: limit)))
    }

    private func resume(_ result: Result<Void, any Error>) {
        guard let continuation = waiting else { return }
        waiting = nil
        continuation.resume(with: result)
    }
}
