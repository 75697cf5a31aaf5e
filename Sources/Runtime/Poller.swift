import CSystem
import Glibc

/// The epoll instance of one loop and the event descriptor that wakes it.
///
/// What the kernel hands back for a descriptor is the number of the descriptor and the generation of its registration,
/// so that an event of a registration that has ended meanwhile is recognised, even if the descriptor is in use again.
struct Poller: ~Copyable {
    private static let batch = 256

    private let epoll: CInt
    private let wakeUp: CInt
    private let events: UnsafeMutablePointer<epoll_event>

    init() {
        epoll = epoll_create1(CInt(EPOLL_CLOEXEC))
        wakeUp = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
        precondition(epoll >= 0 && wakeUp >= 0, "The system has no descriptors left for an event loop.")
        events = .allocate(capacity: Self.batch)
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: Self.wakeUpKey))
        epoll_ctl(epoll, EPOLL_CTL_ADD, wakeUp, &event)
    }

    deinit {
        events.deallocate()
        close(epoll)
        close(wakeUp)
    }

    private static let wakeUpKey = UInt64.max

    /// Wakes the thread that waits; callable from any thread.
    func wake() {
        var one: UInt64 = 1
        write(wakeUp, &one, 8)
    }

    func add(_ descriptor: CInt, generation: UInt32, events: UInt32) throws(SystemError) {
        try control(EPOLL_CTL_ADD, descriptor, generation, events)
    }

    func change(_ descriptor: CInt, generation: UInt32, events: UInt32) throws(SystemError) {
        try control(EPOLL_CTL_MOD, descriptor, generation, events)
    }

    func remove(_ descriptor: CInt) {
        var unused = epoll_event()
        epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, &unused)
    }

    private func control(
        _ operation: CInt, _ descriptor: CInt, _ generation: UInt32, _ events: UInt32
    ) throws(SystemError) {
        let key = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: descriptor))
        var event = epoll_event(events: events, data: epoll_data_t(u64: key))
        if epoll_ctl(epoll, operation, descriptor, &event) != 0 {
            throw SystemError("epoll_ctl", "descriptor \(descriptor)")
        }
    }

    /// Waits at most `milliseconds` (-1 = until woken) and returns how many events there are to be asked for.
    func wait(milliseconds: CInt) -> Int {
        max(0, Int(epoll_wait(epoll, events, CInt(Self.batch), milliseconds)))
    }

    /// One of the events that the last waiting found; nil if it has only ended the waiting.
    func event(_ index: Int) -> (descriptor: CInt, generation: UInt32, readiness: Readiness)? {
        let event = events[index]
        if event.data.u64 == Self.wakeUpKey {
            var value: UInt64 = 0
            read(wakeUp, &value, 8)
            return nil
        }
        return (
            CInt(bitPattern: UInt32(truncatingIfNeeded: event.data.u64)),
            UInt32(truncatingIfNeeded: event.data.u64 >> 32), Readiness(epoll: event.events)
        )
    }
}
