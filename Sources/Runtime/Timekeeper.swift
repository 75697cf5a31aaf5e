import CSystem
import Glibc
public import Moments

/// The time of day, and the only way to wait for a later one.
///
/// Everything that decides by time takes one, so that tests and the simulation hand in theirs.
public protocol Timekeeper: Sendable {
    /// The present moment.
    var now: Moment { get }

    /// Returns when `now` is `moment` or later, at once if it is already.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    func wait(until moment: Moment) async throws
}

extension Timekeeper {
    /// Returns when `duration` has passed by this time.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    public func wait(for duration: Duration) async throws {
        try await wait(until: now + duration)
    }
}

/// The machine's time of day.
public struct SystemTime: Timekeeper {
    public init() {}

    public var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Moment(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    /// Waits on the event loop of the caller, if it is on one. A clock that is set meanwhile is noticed within 30
    /// seconds.
    public func wait(until moment: Moment) async throws {
        while true {
            let left = moment.duration(since: now)
            guard left > .zero else { return try Task.checkCancellation() }
            let nap = min(left, .seconds(30))
            if let loop = EventLoop.current {
                try await loop.sleep(for: nap)
            } else {
                try await Task.sleep(for: nap)
            }
        }
    }
}
