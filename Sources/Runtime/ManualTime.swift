public import Moments
import Synchronization

/// A time of day that moves only when it is told to: for tests and for the simulation.
///
/// A test waits with `untilAsleep` until the code under test has nothing left to do at the present moment, then
/// advances.
public final class ManualTime: Timekeeper {
    private struct State {
        var now: Moment
        var nextSleeper = 0
        var sleepers: [Int: (until: Moment, continuation: UnsafeContinuation<Void, any Error>)] = [:]
        var cancelled: Set<Int> = []
        var observers: [(count: Int, continuation: UnsafeContinuation<Void, Never>)] = []
    }

    private let state: Mutex<State>

    /// A time that stands at `start`.
    public init(_ start: Moment) {
        state = Mutex(State(now: start))
    }

    /// The moment at which the time stands.
    public var now: Moment { state.withLock { $0.now } }

    /// Returns when the time has been moved to `moment` or beyond.
    public func wait(until moment: Moment) async throws {
        let number = state.withLock { state in
            state.nextSleeper += 1
            return state.nextSleeper
        }
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { sleep($0, number, until: moment) }
        } onCancel: {
            wake(number)
        }
    }

    /// Moves the time forward and wakes, in the order of their moments, all whose moment has come.
    public func advance(by duration: Duration) {
        advance(to: now + duration)
    }

    /// Moves the time forward to `moment`, never back, and wakes, in order, all whose moment has come.
    public func advance(to moment: Moment) {
        let woken = state.withLock { state in
            state.now = max(state.now, moment)
            let due = state.sleepers.filter { $0.value.until <= state.now }
            for number in due.keys { state.sleepers[number] = nil }
            return due.sorted { ($0.value.until, $0.key) < ($1.value.until, $1.key) }
        }
        for sleeper in woken { sleeper.value.continuation.resume() }
    }

    /// Returns when at least `count` tasks wait for a later moment.
    public func untilAsleep(_ count: Int = 1) async {
        await withUnsafeContinuation { continuation in
            let isThere = state.withLock { state in
                guard state.sleepers.count < count else { return true }
                state.observers.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    private func sleep(_ continuation: UnsafeContinuation<Void, any Error>, _ number: Int, until moment: Moment) {
        enum Step { case proceed, fail, notify([UnsafeContinuation<Void, Never>]) }
        let step: Step = state.withLock { state in
            if state.cancelled.remove(number) != nil { return .fail }
            if moment <= state.now { return .proceed }
            state.sleepers[number] = (moment, continuation)
            let count = state.sleepers.count
            let content = state.observers.filter { $0.count <= count }.map(\.continuation)
            state.observers.removeAll { $0.count <= count }
            return .notify(content)
        }
        switch step {
        case .proceed: continuation.resume()
        case .fail: continuation.resume(throwing: CancellationError())
        case .notify(let observers): for observer in observers { observer.resume() }
        }
    }

    private func wake(_ number: Int) {
        let sleeper = state.withLock { state in
            let sleeper = state.sleepers.removeValue(forKey: number)
            if sleeper == nil { state.cancelled.insert(number) }
            return sleeper
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
