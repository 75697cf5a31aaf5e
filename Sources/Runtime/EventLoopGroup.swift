import Glibc
import Synchronization

/// The event loops of a process, given out in turn.
public final class EventLoopGroup: Sendable {
    /// The loops, at least one.
    public let loops: [EventLoop]
    private let turn = Atomic(0)

    /// Starts `count` loops, at least one; by default one for each processor the process may use.
    ///
    /// - Parameter log: see `EventLoop.init`.
    public init(count: Int = EventLoopGroup.processors, log: Log = .silent) {
        loops = (0..<max(count, 1)).map { EventLoop(name: "loop-\($0)", log: log) }
    }

    /// The processors that this process may use.
    public static var processors: Int {
        max(sysconf(CInt(_SC_NPROCESSORS_ONLN)), 1)
    }

    /// The loop whose turn it is; from the second call on another one, if there is another.
    public func next() -> EventLoop {
        let (turn, _) = turn.wrappingAdd(1, ordering: .relaxed)
        return loops[Int(UInt(bitPattern: turn) % UInt(loops.count))]
    }

    /// Ends the threads and waits for them. Everything that ran on the loops must have finished: what is still waiting
    /// never goes on. Blocks the calling thread, which must not be one of the loops'.
    public func shutdown() {
        for loop in loops { loop.stop() }
        for loop in loops { loop.join() }
    }
}
