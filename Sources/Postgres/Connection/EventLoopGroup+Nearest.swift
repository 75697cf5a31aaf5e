import Runtime

extension EventLoopGroup {
    /// The loop on which the caller runs, if it is one of the group's, else the next: over a connection that lives with
    /// its caller no question changes threads.
    var nearest: EventLoop {
        guard let here = EventLoop.current, loops.contains(where: { $0 === here }) else { return next() }
        return here
    }
}
