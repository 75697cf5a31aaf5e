import CSystem

/// How a descriptor is watched.
public enum WatchMode: Sendable {
    /// The handler is called each time something *becomes* possible, in both directions; whoever watches so reads and
    /// writes until the system says `EAGAIN` (or a read falls short) before expecting another call. For sockets of our
    /// own: one registration for a connection's whole life.
    case edge
    /// The handler is called once a turn of the loop as long as what is of interest *is* possible. For descriptors of C
    /// libraries, which do not promise to read all there is. An empty interest tells of failures only.
    case level(Interest)
    /// As `level`, but silent after one call until `update` arms it again.
    case once(Interest)

    var epoll: UInt32 {
        switch self {
        case .edge: EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
        case .level(let interest): interest.epoll
        case .once(let interest): interest.epoll | EPOLLONESHOT.rawValue
        }
    }
}

/// The watching of one descriptor by one loop, from `EventLoop.watch` until `cancel`.
///
/// A watch belongs to its loop's thread: create, update and cancel it there. It is `Sendable` only so that it can be
/// kept where the compiler cannot see that thread. The loop keeps it alive until it is cancelled.
// Safe: every member is touched on the loop's thread only, which `update` and `cancel` check.
public final class Watch: @unchecked Sendable {
    /// The descriptor; it is never closed by the watch.
    public let descriptor: CInt
    let generation: UInt32
    private var mode: WatchMode
    private(set) var handler: ((Readiness) -> Void)?
    private unowned let loop: EventLoop

    init(
        _ descriptor: CInt, _ mode: WatchMode, generation: UInt32, loop: EventLoop,
        handler: @escaping (Readiness) -> Void
    ) {
        self.descriptor = descriptor
        self.mode = mode
        self.generation = generation
        self.loop = loop
        self.handler = handler
    }

    /// Whether the handler may still be called.
    public var isActive: Bool { handler != nil }

    /// Changes what the handler is called for (`level`) or asks for one more call (`once`); without effect on `edge`,
    /// which always watches everything, and on a cancelled watch.
    ///
    /// Costs one system call, or none if a `level` interest stays the same.
    /// - Throws: `SystemError` if the descriptor has been closed meanwhile.
    public func update(_ interest: Interest) throws(SystemError) {
        loop.assertCurrent()
        guard handler != nil else { return }
        switch mode {
        case .edge: return
        case .level(interest): return
        case .level: mode = .level(interest)
        case .once: mode = .once(interest)
        }
        try loop.rearm(self, mode)
    }

    /// Ends the watching; the handler is never called again, even for events that the system has already reported.
    ///
    /// Call it *before* the descriptor is closed. Harmless if it has been called before, and also if the descriptor was
    /// closed and is in use again by somebody who watches it on the same loop.
    public func cancel() {
        loop.assertCurrent()
        guard handler != nil else { return }
        handler = nil
        loop.forget(self)
    }

    /// Marks the watch as ended because its descriptor has a new owner.
    func supersede() { handler = nil }
}
