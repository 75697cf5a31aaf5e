import Glibc
import Runtime

/// Takes connections from a listening socket, no more at a time than allowed, until it is stopped.
// Safe: touched on the loop's thread only.
final class Acceptor: @unchecked Sendable {
    private let descriptor: CInt
    private let loop: EventLoop
    private let limit: Int
    private let log: Log
    private let onFull: () -> Void
    private let arrivals: Gate
    private let room: Gate
    private var open = 0
    private var accepted = 0
    private var isStopped = false

    init(descriptor: CInt, loop: EventLoop, limit: Int, log: Log, onFull: @escaping () -> Void) {
        self.descriptor = descriptor
        self.loop = loop
        self.limit = limit
        self.log = log
        self.onFull = onFull
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
            room.setDeadline(after: nil)
            stopped()
        }
        if let failure { throw failure }
    }

    /// The next connection; nil when stopped.
    private func next() async throws(SystemError) -> (CInt, SocketAddress?)? {
        while !isStopped {
            do {
                if open >= limit {
                    try await awaitRoom()
                } else if let accepted = try Socket.accept(descriptor) {
                    return accepted
                } else {
                    arrivals.close()
                    try await arrivals.wait()
                }
            } catch let error as SystemError {
                guard [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error.code) else { throw error }
                log.warning("no connection can be accepted for a moment", ["err": .error(error)])
                onFull()
                await rest()
            } catch {
                return nil
            }
        }
        return nil
    }

    /// Has others make room for a connection that waits, if there is one. Those that cannot be spared may be a moment
    /// later, so this returns now and then.
    private func awaitRoom() async throws {
        guard Socket.isReadable(descriptor) else {
            arrivals.close()
            return try await arrivals.wait()
        }
        room.close()
        onFull()
        room.setDeadline(after: Self.patience)
        do {
            try await room.wait()
        } catch is TimedOut {
            // Somebody may have become idle.
        }
    }

    /// The system is out of descriptors or memory: asking again at once would only burn the processor.
    private func rest() async {
        try? await loop.sleep(for: Self.patience)
        await EventLoop.yield()
    }

    /// How long until what was not possible is tried again.
    private static let patience = Duration.milliseconds(100)

    private func release() {
        open -= 1
        room.open()
    }
}
