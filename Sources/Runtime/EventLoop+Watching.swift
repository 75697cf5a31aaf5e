import Glibc

extension EventLoop {
    /// Watches a descriptor: `handler` is called on this loop's thread with what has become possible, until the watch
    /// is cancelled. Call it on the loop's thread.
    ///
    /// The rules, on which the users of C libraries rely:
    /// - The descriptor should be non-blocking. It stays the caller's; cancel the watch before closing it.
    /// - One watch for a descriptor and loop. Another `watch` of the same number takes it over, which is right exactly
    ///   if the former owner closed the descriptor without cancelling.
    /// - `handler` may do anything, also update and cancel this or any watch; it is not called again after `cancel`.
    /// - Failure (`failed`) is reported whatever the interest is; a `level` watch then repeats it every turn, so the
    ///   handler has to cancel the watch or empty the descriptor's error.
    /// - While libpq connects (`PQconnectPoll`), its descriptor may be replaced: watch it `once`, and in the handler
    ///   cancel, poll, and watch the then current descriptor. After that `.level([.readable])`, with `writable` added
    ///   by `update` only while `PQflush` has something left.
    /// - Throws: `SystemError` if the descriptor is closed or cannot be watched (a file).
    public func watch(
        _ descriptor: CInt, _ mode: WatchMode, _ handler: @escaping (Readiness) -> Void
    ) throws(SystemError) -> Watch {
        assertCurrent()
        guard descriptor >= 0 else { throw SystemError("watch", "descriptor \(descriptor)", code: EBADF) }
        watchGeneration &+= 1
        let watch = Watch(descriptor, mode, generation: watchGeneration, loop: self, handler: handler)
        let index = Int(descriptor)
        while watches.count <= index { watches.append(nil) }
        if let former = watches[index] {
            former.supersede()
            watches[index] = nil
            poller.remove(descriptor)
        }
        try poller.add(descriptor, generation: watchGeneration, events: mode.epoll)
        watches[index] = watch
        return watch
    }

    func rearm(_ watch: Watch, _ mode: WatchMode) throws(SystemError) {
        try poller.change(watch.descriptor, generation: watch.generation, events: mode.epoll)
    }

    func forget(_ watch: Watch) {
        guard watches[Int(watch.descriptor)] === watch else { return }
        watches[Int(watch.descriptor)] = nil
        poller.remove(watch.descriptor)
    }

    func dispatch(_ descriptor: CInt, _ generation: UInt32, _ readiness: Readiness) {
        guard watches[Int(descriptor)]?.generation == generation else { return }
        watches[Int(descriptor)]?.handler?(readiness)
    }
}
