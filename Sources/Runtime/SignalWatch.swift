import CSystem
import Glibc

/// Signals of the system as calls on a loop.
///
/// The signals must be blocked in every thread (`block`, before the first thread starts); a process that is number 1 of its
/// container hears them as well.
enum SignalWatch {
    /// Keeps `signals` from ending the process or calling a handler, in this thread and those it starts from now on.
    static func block(_ signals: [CInt]) {
        var set = self.set(signals)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Calls `handler` on `loop` with each signal that arrives, for good. Call it on the loop's thread.
    static func start(
        _ signals: [CInt], on loop: EventLoop, _ handler: @escaping (CInt) -> Void
    ) throws(SystemError) {
        var set = self.set(signals)
        let descriptor = signalfd(-1, &set, CInt(SFD_CLOEXEC | SFD_NONBLOCK))
        guard descriptor >= 0 else { throw SystemError("signalfd") }
        _ = try loop.watch(descriptor, .level([.readable])) { _ in
            var information = signalfd_siginfo()
            let size = MemoryLayout<signalfd_siginfo>.size
            while read(descriptor, &information, size) == size {
                handler(CInt(bitPattern: information.ssi_signo))
            }
        }
    }

    private static func set(_ signals: [CInt]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        return set
    }
}
