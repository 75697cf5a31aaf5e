import Moments
public import Runtime

/// How often a kind of job is tried, how long an attempt may take, and how long to wait between attempts.
public struct JobPolicy: Sendable, Hashable {
    /// How long to wait after a failed attempt.
    public enum Retry: Sendable, Hashable {
        case backoff(Backoff)
        /// The wait after the first, the second, … attempt, each lengthened at random by up to a tenth; the last one is
        /// used for all further attempts.
        case schedule([Duration])
    }

    /// How often a job is tried before it is given up and kept as a dead letter.
    public var attempts: Int
    public var retry: Retry
    /// How long the handler may take; after that it is cancelled and the attempt has failed.
    public var timeout: Duration
    public var priority: JobPriority
    /// Whether the later jobs of a key wait while one is dead, until a person has retried or cancelled it; else they go
    /// on without it.
    public var blocksKey: Bool
    /// Whether something stays of a job that was done, for those who ask what became of it; how every other job ended
    /// is always kept.
    public var keepsHistory: Bool

    /// - Precondition: `attempts` is at least one.
    public init(
        attempts: Int = 12, retry: Retry = .backoff(Backoff(first: .seconds(2), most: .seconds(3600))),
        timeout: Duration = .seconds(60), priority: JobPriority = .normal, blocksKey: Bool = false,
        keepsHistory: Bool = true
    ) {
        precondition(attempts > 0, "a job is tried at least once")
        (self.attempts, self.retry, self.timeout, self.priority) = (attempts, retry, timeout, priority)
        (self.blocksKey, self.keepsHistory) = (blocksKey, keepsHistory)
    }

    /// Twelve attempts over some hours.
    public static let standard = JobPolicy()

    /// Ten attempts over about 75 hours, the schedule that Standard Webhooks gives for deliveries to other parties.
    public static let patient = JobPolicy(
        attempts: 10,
        retry: .schedule(
            [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400].map { .seconds($0) }),
        timeout: .seconds(45))

    /// The wait after `attempt` attempts, counted from 1.
    public func delay(afterAttempt attempt: Int, using generator: inout some RandomNumberGenerator) -> Duration {
        switch retry {
        case .backoff(let backoff): return backoff.delay(afterAttempt: attempt, using: &generator)
        case .schedule(let waits):
            guard let last = waits.last else { return .zero }
            let wait = attempt <= waits.count ? waits[max(attempt, 1) - 1] : last
            let more = Int64.random(in: 0...max(wait.wholeMicroseconds / 10, 0), using: &generator)
            return wait + .microseconds(more)
        }
    }
}
