import Glibc
import Synchronization

/// One thread that runs tasks, timers and the handlers of descriptors, and sleeps in `epoll_wait` when there are none.
///
/// A task that prefers a loop (`spawn`, `run`, `Task(executorPreference:)`, children of such a task) never leaves its
/// thread, except inside actors that live elsewhere; so what such a task owns needs no lock. Nothing that runs here may
/// block: what must, goes to ``Offload``.
///
/// An actor lives on a loop if it says `nonisolated var unownedExecutor: UnownedSerialExecutor
/// { loop.asUnownedSerialExecutor() }`; handlers and timers of the same loop may then use its `assumeIsolated`.
// Safe: what several threads touch is in `shared` or immutable; all else is touched by the loop's thread only.
public final class EventLoop: TaskExecutor, SerialExecutor, @unchecked Sendable {
    /// The name of the loop and of its thread, at most 15 bytes of which the system shows.
    public let name: String

    /// What waits to run: a piece of a task, or a call.
    enum Work {
        case job(UnownedJob)
        case call(@Sendable () -> Void)
    }

    private struct Shared {
        var work: [Work] = []
        var isAwake = true
        var isStopping = false
    }

    private let shared = Mutex(Shared())
    // Changed several times for each request, by the loop's thread alone and never from within a change of the same: to
    // look for that at run time would cost more than the change.
    @exclusivity(unchecked) private var local: [Work] = []
    @exclusivity(unchecked) private var running: [Work] = []
    private var thread = pthread_t()
    /// The thread while it runs, 0 before and after: written by itself alone, so that to others it is never theirs.
    private let owner = Atomic<UInt>(0)
    private let scratchSpace = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)

    let poller = Poller()
    @exclusivity(unchecked) var timers = TimerHeap()
    @exclusivity(unchecked) var watches: [Watch?] = []
    /// When the present turn began, in nanoseconds of the machine's monotonic clock: the time as the loop saw it last,
    /// for those to whom the length of a turn is nothing. Ask for it on the loop's thread.
    @exclusivity(unchecked) public private(set) var turn = MonotonicTime.now
    var watchGeneration: UInt32 = 0

    /// How many pieces of work run before the loop looks at its descriptors again, so that neither starves the other.
    private static let budget = 256

    /// What has to run so long on the loop that it is told as a stall: others wait meanwhile.
    private static let stallNanoseconds: UInt64 = 20_000_000

    private let log: Log

    /// Starts a loop on a thread of its own.
    ///
    /// - Parameter log: is told, if it takes lines of level `debug`, when a piece of work has held the loop for more
    ///   than 20 ms.
    public init(name: String = "loop", log: Log = .silent) {
        self.name = name
        self.log = log
        thread = startThread(named: name) { [self] in runUntilStopped() }
    }

    deinit {
        scratchSpace.deallocate()
    }

    // MARK: - Work

    public func enqueue(_ job: consuming ExecutorJob) {
        add(.job(UnownedJob(job)))
    }

    /// Calls `work` on the loop's thread, soon and after everything that was handed in before from the same thread.
    public func execute(_ work: @escaping @Sendable () -> Void) {
        add(.call(work))
    }

    private func add(_ work: Work) {
        if isCurrent {
            local.append(work)
            return
        }
        let wasAsleep = shared.withLock { shared in
            shared.work.append(work)
            defer { shared.isAwake = true }
            return !shared.isAwake
        }
        if wasAsleep { poller.wake() }
    }

    /// Lends 64 kB that belong to the loop, so that a connection needs no buffer while nothing arrives. The contents
    /// are undefined, and another lending inside `body` would be the same bytes.
    public func withScratchSpace<Result, Failure: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        assertCurrent()
        return try body(scratchSpace)
    }

    // MARK: - The thread

    /// Asks the loop to end its thread when nothing is left to run at once; timers and watches are then dropped, and
    /// work handed in later never runs.
    public func stop() {
        let wasAsleep = shared.withLock { shared in
            shared.isStopping = true
            defer { shared.isAwake = true }
            return !shared.isAwake
        }
        if wasAsleep { poller.wake() }
    }

    /// Blocks until the thread has ended after `stop`; only once, and never from the loop itself.
    public func join() {
        precondition(!isCurrent, "A loop cannot wait for its own end.")
        pthread_join(thread, nil)
    }

    private func runUntilStopped() {
        CurrentLoop.set(self)
        owner.store(UInt(pthread_self()), ordering: .relaxed)
        while true {
            let isStopping = takeShared()
            drain()
            if isStopping, local.isEmpty { break }
            wait()
            fireTimers()
        }
        watches = []
        timers = TimerHeap()
        owner.store(0, ordering: .relaxed)
        CurrentLoop.set(nil)
    }

    /// Whether this code runs on the loop's thread.
    public var isCurrent: Bool { owner.load(ordering: .relaxed) == UInt(pthread_self()) }

    private func takeShared() -> Bool {
        shared.withLock { shared in
            if !shared.work.isEmpty {
                local.append(contentsOf: shared.work)
                shared.work.removeAll(keepingCapacity: shared.work.count < 4_096)
            }
            return shared.isStopping
        }
    }

    private func drain() {
        let executor = asUnownedTaskExecutor()
        var budget = Self.budget
        while !local.isEmpty, budget > 0 {
            swap(&local, &running)
            budget -= running.count
            for work in running {
                let start = log.level == .debug ? MonotonicTime.now : 0
                switch work {
                case .job(let job): job.runSynchronously(on: executor)
                case .call(let call): call()
                }
                if start != 0 { noteStall(since: start) }
            }
            running.removeAll(keepingCapacity: running.count < 4_096)
        }
    }

    private func noteStall(since start: UInt64) {
        let length = MonotonicTime.now - start
        guard length > Self.stallNanoseconds else { return }
        log.debug("a piece of work held the loop", ["loop": .string(name), "seconds": .double(Double(length) / 1e9)])
    }

    private func wait() {
        var isIdle = local.isEmpty
        if isIdle {
            isIdle = shared.withLock { shared in
                guard shared.work.isEmpty, !shared.isStopping else { return false }
                shared.isAwake = false
                return true
            }
        }
        let count = poller.wait(milliseconds: isIdle ? timers.millisecondsToNext() : 0)
        turn = MonotonicTime.now
        for index in 0..<count {
            if let event = poller.event(index) { dispatch(event.descriptor, event.generation, event.readiness) }
        }
        if isIdle { shared.withLock { $0.isAwake = true } }
    }
}
