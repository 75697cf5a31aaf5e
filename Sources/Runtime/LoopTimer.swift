import Glibc

/// A call that a loop makes at a later time, once for each arming.
///
/// Made by `EventLoop.schedule`. Moving it to a later time costs a store; a deadline that is pushed back with every
/// byte is meant to be one timer for its whole life. It belongs to its loop's thread.
// Safe: touched on the loop's thread only, which every public member checks.
public final class LoopTimer: @unchecked Sendable {
    /// When the call is due, in nanoseconds of the monotonic clock; may be later than the heap knows.
    var due: UInt64
    /// The place in the heap; -1 outside of it.
    var place = -1
    let action: () -> Void
    private let loop: EventLoop

    init(due: UInt64, loop: EventLoop, action: @escaping () -> Void) {
        self.due = due
        self.loop = loop
        self.action = action
    }

    /// Whether the call is still to come.
    public var isArmed: Bool { place >= 0 }

    /// Moves the call to `duration` from now; arms the timer again if it has gone off or was cancelled.
    public func reset(after duration: Duration) {
        loop.assertCurrent()
        loop.timers.arm(self, due: MonotonicTime.now(plus: duration))
    }

    /// Moves the call to so many nanoseconds after the beginning of the loop's present turn, so that no clock is read.
    /// That is earlier than after as many from now, by what the turn has taken so far.
    public func reset(afterTurn nanoseconds: UInt64) {
        loop.assertCurrent()
        loop.timers.arm(self, due: loop.turn &+ nanoseconds)
    }

    /// Takes the call back; harmless if it has been made.
    public func cancel() {
        loop.assertCurrent()
        loop.timers.remove(self)
    }
}

/// Nanoseconds since the machine started, without the time it was suspended.
public enum MonotonicTime {
    /// The present moment.
    public static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }

    static func now(plus duration: Duration) -> UInt64 { now &+ nanoseconds(duration) }

    /// The length of a duration; none if it is negative, at most some hundred years.
    public static func nanoseconds(_ duration: Duration) -> UInt64 {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        guard seconds < 8_000_000_000 else { return .max / 2 }
        return UInt64(seconds) &* 1_000_000_000 &+ UInt64(attoseconds / 1_000_000_000)
    }
}
