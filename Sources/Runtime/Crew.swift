import Glibc

/// The threads behind ``Offload`` and the line of work before them.
// Safe: everything but the constants is touched with `lock` held.
final class Crew: @unchecked Sendable {
    /// A piece of work from the moment somebody means to hand it in.
    // Safe: its member is touched with the crew's `lock` held.
    final class Errand: @unchecked Sendable {
        fileprivate var isWithdrawn = false
        /// Does the work, or only tells that it is no longer wanted.
        fileprivate var act: ((_ isWanted: Bool) -> Void)?
    }

    private let width: Int
    private let name: String
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let hasWork: UnsafeMutablePointer<pthread_cond_t>
    private var line: [Errand] = []
    private var served = 0
    private var threads = 0
    private var idle = 0
    private var isClosed = false

    init(width: Int, name: String) {
        self.width = width
        self.name = name
        lock = .allocate(capacity: 1)
        hasWork = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        pthread_cond_init(hasWork, nil)
    }

    deinit {
        pthread_cond_destroy(hasWork)
        pthread_mutex_destroy(lock)
        hasWork.deallocate()
        lock.deallocate()
    }

    func take(_ errand: Errand, _ act: @escaping (_ isWanted: Bool) -> Void) {
        pthread_mutex_lock(lock)
        if errand.isWithdrawn {
            pthread_mutex_unlock(lock)
            return act(false)
        }
        errand.act = act
        line.append(errand)
        let needsThread = idle < line.count - served && threads < width
        if needsThread { threads += 1 }
        pthread_cond_signal(hasWork)
        pthread_mutex_unlock(lock)
        if needsThread { pthread_detach(startThread(named: name) { [self] in work() }) }
    }

    func withdraw(_ errand: Errand) {
        pthread_mutex_lock(lock)
        errand.isWithdrawn = true
        let act = errand.act
        errand.act = nil
        pthread_mutex_unlock(lock)
        act?(false)
    }

    /// Lets the threads end when the line is empty.
    func close() {
        pthread_mutex_lock(lock)
        isClosed = true
        pthread_cond_broadcast(hasWork)
        pthread_mutex_unlock(lock)
    }

    private func work() {
        while let act = next() { act(true) }
    }

    /// The next piece that is still wanted; nil when the crew is closed and the line empty.
    private func next() -> ((_ isWanted: Bool) -> Void)? {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while true {
            while served < line.count {
                let errand = line[served]
                served += 1
                if served > 64, served * 2 > line.count {
                    line.removeFirst(served)
                    served = 0
                }
                if let act = errand.act {
                    errand.act = nil
                    return act
                }
            }
            line.removeAll(keepingCapacity: true)
            served = 0
            if isClosed { return nil }
            idle += 1
            pthread_cond_wait(hasWork, lock)
            idle -= 1
        }
    }
}
