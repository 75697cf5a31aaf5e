public import Moments
public import Postgres

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
        var batch = Batch()
        let found = Self.backlog(of: queue, before: instant, bound: bound, in: &batch)
        return try await database.ask(batch)[found]
    }

    /// The same as the last of several questions: it changes how the server plans what comes behind it.
    public static func backlog(
        of queue: JobQueue, before instant: Moment, bound: Int = 250, in batch: inout Batch
    ) -> Pending<JobBacklog?> {
        batch.run(.alongIndexes)
        return batch.first(.backlog(of: queue, before: instant, bound: bound), as: (Int, Moment?).self).map { found in
            guard let (count, since) = found, let since else { return nil }
            return JobBacklog(count: count, since: since, isBounded: count == bound)
        }
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
            where \(queue) in (lane.queue, split_part(lane.queue, '/', 1)) and front.enqueued_at < \(instant)
            limit \(bound)
        ) late
        """
    }
}
