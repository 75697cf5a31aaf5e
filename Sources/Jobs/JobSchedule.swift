public import Moments
import Postgres
public import TimeZones

/// A job that is left again and again at times of the clock, once each time however many processes see to it.
public struct JobSchedule: Sendable {
    /// By which processes know that they mean the same; a schedule under another name begins anew.
    public let name: String
    let pattern: CronPattern
    let zone: Zone
    let clockChange: CronPattern.ClockChange
    let backfill: Duration
    let leave: @Sendable (borrowing Transaction, _ tick: Moment, _ now: Moment?) async throws -> Void

    /// - Parameters:
    ///   - backfill: how old a time may be that passed while nobody saw to it, for its job to be left later; at least a
    ///     minute. Each such time has its job.
    ///   - job: what is left for a time.
    public init<J: Job>(
        _ name: String, _ pattern: CronPattern, in zone: Zone, clockChange: CronPattern.ClockChange = .once,
        backfill: Duration = .seconds(3600), site: String? = nil, key: String? = nil,
        job: @escaping @Sendable (Moment) -> J
    ) {
        (self.name, self.pattern, self.zone, self.clockChange) = (name, pattern, zone, clockChange)
        self.backfill = max(backfill, .seconds(60))
        leave = { (transaction: borrowing Transaction, tick: Moment, now: Moment?) in
            try await transaction.enqueue(job(tick), site: site, key: key, now: now)
        }
    }

    /// The times that have passed since the last one, but for those that are too old, and the one to come.
    func ticks(since last: Moment, until now: Moment) -> (passed: [Moment], next: Moment?) {
        var passed: [Moment] = []
        var next = pattern.next(after: max(last, now - backfill), in: zone, clockChange: clockChange)
        while let tick = next, tick <= now {
            passed.append(tick)
            next = pattern.next(after: tick, in: zone, clockChange: clockChange)
        }
        return (passed, next)
    }
}
