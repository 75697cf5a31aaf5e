import CSystem
import Glibc
import Synchronization

/// Signals of the system as calls on a loop.
///
/// Handlers that write to a pipe, and not a `signalfd`: the latter needs the signals blocked in every thread, but the
/// thread that began an asynchronous `main` ends up waiting with none blocked. A process that is number 1 of its
/// container hears the signals as well, since it has handlers for them.
enum SignalWatch {
    /// The end of the pipe that the handlers write to; one for the process, as the handlers are.
    private static let pipe = Atomic<CInt>(-1)

    /// Calls `handler` on `loop` with each signal that arrives, for good. Call it on the loop's thread, once in a
    /// process.
    static func start(
        _ signals: [CInt], on loop: EventLoop, _ handler: @escaping (CInt) -> Void
    ) throws(SystemError) {
        var ends: [CInt] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC | O_NONBLOCK) == 0 else { throw SystemError("pipe2") }
        let reading = ends[0]
        _ = try loop.watch(reading, .level([.readable])) { _ in
            var signal: UInt8 = 0
            while read(reading, &signal, 1) == 1 { handler(CInt(signal)) }
        }
        pipe.store(ends[1], ordering: .releasing)
        for signal in signals {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { SignalWatch.note($0) }
            action.sa_flags = SA_RESTART
            guard sigaction(signal, &action, nil) == 0 else { throw SystemError("sigaction") }
        }
    }

    /// Runs as a signal handler: only an atomic load and a system call, and `errno` is left as it was.
    private static func note(_ signal: CInt) {
        let error = errno
        var number = UInt8(truncatingIfNeeded: signal)
        write(pipe.load(ordering: .acquiring), &number, 1)
        errno = error
    }
}
