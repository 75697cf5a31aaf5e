import Glibc
import Runtime

/// Takes connections from a listening socket, no more at a time than allowed, until it is stopped.
// Safe: touched on the loop's thread only.
final class Acceptor: @unchecked Sendable {
    private let descriptor: CInt
    private let loop: EventLoop
    private let limit: Int
    private let log: Log
    private let arrivals: Gate
    private let room: Gate
    private var open = 0
    private var accepted = 0
    private var isStopped = false

    init(descriptor: CInt, loop: EventLoop, limit: Int, log: Log) {
        self.descriptor = descriptor
        self.loop = loop
        self.limit = limit
        self.log = log
        arrivals = Gate(loop: loop, isOpen: true)
        room = Gate(loop: loop, isOpen: true)
    }

    func stop() {
        isStopped = true
        arrivals.open()
        room.open()
    }

    /// Hands every connection to `start` with the group for its task and what to call when it is done; calls `stopped`
    /// when it takes no more, and returns when all tasks have ended.
    func run(
        _ start: (inout DiscardingTaskGroup, CInt, SocketAddress?, _ isDone: @escaping @Sendable () -> Void) -> Void,
        stopped: () -> Void
    ) async throws {
        let watch = try loop.watch(descriptor, .edge) { [arrivals] _ in arrivals.open() }
        var failure: SystemError?
        await withDiscardingTaskGroup { group in
            do throws(SystemError) {
                while let (descriptor, peer) = try await next() {
                    open += 1
                    accepted &+= 1
                    // A flood of callers must not keep the loop from serving those it has let in, or from stopping.
                    if accepted % 16 == 0 { await EventLoop.yield() }
                    start(&group, descriptor, peer) { [self] in loop.execute { [self] in release() } }
                }
            } catch {
                failure = error
                group.cancelAll()
            }
            watch.cancel()
            stopped()
        }
        if let failure { throw failure }
    }

    /// The next connection; nil when stopped.
    private func next() async throws(SystemError) -> (CInt, SocketAddress?)? {
        while !isStopped {
            do {
                if open >= limit {
                    room.close()
                    try await room.wait()
                } else if let accepted = try Socket.accept(descriptor) {
                    return accepted
                } else {
                    arrivals.close()
                    try await arrivals.wait()
                }
            } catch let error as SystemError {
                guard [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error.code) else { throw error }
                log.warning("no connection can be accepted for a moment", ["err": .error(error)])
                await rest()
            } catch {
                return nil
            }
        }
        return nil
    }

    /// The system is out of descriptors or memory: asking again at once would only burn the processor.
    private func rest() async {
        try? await loop.sleep(for: .milliseconds(100))
        await EventLoop.yield()
    }

    private func release() {
        open -= 1
        room.open()
    }
}
