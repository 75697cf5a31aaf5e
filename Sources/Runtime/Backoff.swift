import Moments

/// How long to wait before trying again: a random time up to a ceiling that doubles with every attempt ("full jitter"),
/// so that many who failed together do not come back together.
public struct Backoff: Sendable, Hashable {
    /// The ceiling after the first attempt.
    public let first: Duration
    /// The highest ceiling.
    public let most: Duration

    /// Waits of up to `first` after one attempt, up to twice as long after each further one, never above `most`.
    public init(first: Duration, most: Duration) {
        self.first = max(first, .zero)
        self.most = max(most, self.first)
    }

    /// The longest wait after `attempt` attempts, counted from 1.
    public func ceiling(afterAttempt attempt: Int) -> Duration {
        var ceiling = first
        var doublings = max(attempt, 1) - 1
        while doublings > 0, ceiling > .zero, ceiling < most {
            guard ceiling <= most / 2 else { return most }
            ceiling *= 2
            doublings -= 1
        }
        return min(ceiling, most)
    }

    /// A wait after `attempt` attempts, counted from 1, drawn with `generator`; exact to the microsecond.
    public func delay(afterAttempt attempt: Int, using generator: inout some RandomNumberGenerator) -> Duration {
        .microseconds(Int64.random(in: 0...ceiling(afterAttempt: attempt).wholeMicroseconds, using: &generator))
    }

    /// A wait after `attempt` attempts, counted from 1.
    public func delay(afterAttempt attempt: Int) -> Duration {
        var generator = SystemRandomNumberGenerator()
        return delay(afterAttempt: attempt, using: &generator)
    }
}
