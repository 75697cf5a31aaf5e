import CPostgres
import Runtime

/// The making of one connection to one server, without blocking the loop on which it runs.
struct ConnectionAttempt {
    /// Why a server could not be used, in libpq's words.
    struct Failure: Error {
        let report: String
    }

    let loop: EventLoop
    let deadline: ContinuousClock.Instant

    /// Connects, or gives up at the deadline. Call it on the loop.
    func open(_ parameters: [(String, String)], log: Log) async throws(Failure) -> Handle {
        loop.assertCurrent()
        guard let handle = Handle(parameters, log: log) else { throw Failure(report: "out of memory") }
        var interest = Interest.writable
        while !handle.isBroken {
            guard await isReady(PQsocket(handle.pointer), for: interest) else {
                throw Failure(report: "no answer in time")
            }
            switch PQconnectPoll(handle.pointer) {
            case PGRES_POLLING_OK:
                guard PQsetnonblocking(handle.pointer, 1) == 0, PQenterPipelineMode(handle.pointer) != 0 else {
                    throw Failure(report: handle.message)
                }
                return handle
            case PGRES_POLLING_READING: interest = .readable
            case PGRES_POLLING_WRITING: interest = .writable
            default: throw Failure(report: handle.message)
            }
        }
        throw Failure(report: handle.message)
    }

    /// Waits for the socket, which libpq may have replaced by another since the last time; false at the deadline.
    private func isReady(_ socket: Int32, for interest: Interest) async -> Bool {
        let remaining = ContinuousClock.now.duration(to: deadline)
        guard remaining > .zero else { return false }
        var watch: Watch?
        var timer: LoopTimer?
        defer {
            watch?.cancel()
            timer?.cancel()
        }
        return await withUnsafeContinuation { continuation in
            let answer = Once(continuation)
            timer = loop.schedule(after: remaining) { answer.give(false) }
            do {
                watch = try loop.watch(socket, .once(interest)) { _ in answer.give(true) }
            } catch {
                answer.give(false)
            }
        }
    }
}

/// Resumes a continuation with the first answer that it is given.
private final class Once {
    private var continuation: UnsafeContinuation<Bool, Never>?

    init(_ continuation: UnsafeContinuation<Bool, Never>) {
        self.continuation = continuation
    }

    func give(_ answer: Bool) {
        continuation?.resume(returning: answer)
        continuation = nil
    }
}
