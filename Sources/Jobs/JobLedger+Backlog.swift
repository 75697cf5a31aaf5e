public import Moments
import Postgres

/// What waits in a queue for longer than it should.
public struct JobBacklog: Sendable, Hashable {
    /// How many jobs; at `bound` it means "or more".
    public let count: Int
    /// When the oldest of them was left.
    public let since: Moment
    /// Whether there may be more than were counted.
    public let isBounded: Bool
}

extension JobLedger {
    /// The jobs of a queue that are ready or put off although they were left before an instant; nil if there are none.
    ///
    /// - Parameter bound: how many jobs of each lane are looked at, those first that are to be claimed first.
    public func backlog(of queue: JobQueue, before instant: Moment, bound: Int = 250) async throws -> JobBacklog? {
        let found = try await database.pipeline([.alongIndexes, .backlog(of: queue, before: instant, bound: bound)])[1]
            .rows(as: (Int, Moment?).self)
        guard let (count, since) = found.first, let since else { return nil }
        return JobBacklog(count: count, since: since, isBounded: count == bound)
    }
}

extension SQL {
    static func backlog(of queue: JobQueue, before instant: Moment, bound: Int) -> SQL {
        """
        select count(*), min(enqueued_at) from (
            select front.enqueued_at from jobs.lane cross join lateral (
                select enqueued_at from jobs.job where state = 'ready' and job.lane = lane.id
                order by priority, due, id limit \(bound)
            ) front
            where lane.queue = \(queue) and front.enqueued_at < \(instant)
            limit \(bound)
        ) late
        """
    }
}
