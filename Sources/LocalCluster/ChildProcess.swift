import CSystem
import Glibc
import Synchronization

/// A program that we started, whose lines we read, and which does not outlive us.
///
/// Each child has a thread of its own that starts it, reads its output and waits for it. The signal at our death
/// hangs on the thread that forked, so that thread must live as long as the child.
public final class ChildProcess: Sendable {
    /// Where a line was written.
    public enum Channel: Sendable { case output, error }

    private struct State {
        var status: ChildEnd?
        var waiters: [CheckedContinuation<ChildEnd, Never>] = []
    }

    /// The id of the process.
    public let id: Int32

    private let state = Mutex(State())

    private init(id: Int32) { self.id = id }

    /// Starts a program. `onLine` gets its lines and then `onExit` its end, on a thread of the child's own.
    ///
    /// Throws if the program cannot be executed.
    public static func start(
        _ program: ChildProgram, onLine: @escaping @Sendable (Channel, String) -> Void = { _, _ in },
        onExit: @escaping @Sendable (ChildEnd) -> Void = { _ in }
    ) async throws -> ChildProcess {
        try await withCheckedThrowingContinuation { started in
            Thread.start {
                var output: [Int32] = [-1, -1]
                var error: [Int32] = [-1, -1]
                guard pipe2(&output, O_CLOEXEC) == 0, pipe2(&error, O_CLOEXEC) == 0 else {
                    output.forEach { close($0) }
                    started.resume(throwing: ClusterFault("Cannot make a pipe: \(systemMessage(errno))."))
                    return
                }
                let id = program.spawn(output: output[1], error: error[1])
                close(output[1])
                close(error[1])
                guard id > 0 else {
                    close(output[0])
                    close(error[0])
                    started.resume(
                        throwing: ClusterFault("Cannot run \(program.executable): \(systemMessage(-id))."))
                    return
                }
                let child = ChildProcess(id: id)
                started.resume(returning: child)
                OutputReader(process: id, output: output[0], error: error[0]).run(onLine)
                onExit(child.reap())
            }
        }
    }

    /// Sends a signal, unless the program has ended: its id may belong to another by then.
    public func send(_ signal: Int32) {
        state.withLock { if $0.status == nil { kill(id, signal) } }
    }

    /// How it ended; nil while it runs.
    public var status: ChildEnd? { state.withLock { $0.status } }

    /// Waits until it has ended and all its lines were handed on.
    public func exit() async -> ChildEnd {
        await withCheckedContinuation { waiter in
            let status = state.withLock { state in
                if state.status == nil { state.waiters.append(waiter) }
                return state.status
            }
            if let status { waiter.resume(returning: status) }
        }
    }

    /// Blocks the calling thread until it has ended; false if that took longer than `milliseconds`.
    public func blockUntilExit(milliseconds: Int32) -> Bool {
        let descriptor = state.withLock { $0.status == nil ? meridian_process_descriptor(id) : -1 }
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&watched, 1, milliseconds) > 0
    }

    private func reap() -> ChildEnd {
        var exited = siginfo_t()
        while waitid(P_PID, id_t(id), &exited, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
        let (status, waiters) = state.withLock { state in
            var word: Int32 = 0
            while waitpid(id, &word, 0) < 0 && errno == EINTR {}
            let status = ChildEnd(word: word)
            state.status = status
            defer { state.waiters = [] }
            return (status, state.waiters)
        }
        for waiter in waiters { waiter.resume(returning: status) }
        return status
    }
}
