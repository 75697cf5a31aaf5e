import BenchmarkSupport
import Jobs
import Moments
import Postgres
import Runtime

/// Producers that leave a job in each of their transactions, while somebody listens.
struct Commits {
    /// How workers learn of it.
    enum Telling: String, CaseIterable {
        /// As the queue does it: behind the commit.
        case afterwards = "told behind the commit"
        /// As most queues do it.
        case within = "told within the commit"
        case nobody = "nobody told"
    }

    static let producers = 16

    let hall: Hall

    /// Commits a second of all producers together.
    func rate(_ telling: Telling, for duration: Duration) async throws -> Double {
        try await hall.empty()
        guard let place = ConnectionString(hall.connection) else {
            throw BenchmarkFault("the cluster's connection string cannot be read")
        }
        var configuration = DatabaseConfiguration(place)
        configuration.poolSize = Self.producers + 1
        let database = Database(configuration, loops: hall.loops)
        let end = ContinuousClock.now + duration
        let begun = ContinuousClock.now
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask {
                for await _ in database.notifications(on: "meridian_jobs") {}
                return 0
            }
            for _ in 0..<Self.producers {
                group.addTask {
                    var count = 0
                    while ContinuousClock.now < end {
                        try await Self.leave(count, telling, in: database)
                        count += 1
                    }
                    return count
                }
            }
            var (sum, ended) = (0, 0)
            while ended < Self.producers, let count = try await group.next() { (sum, ended) = (sum + count, ended + 1) }
            group.cancelAll()
            return sum
        }
        let rate = Double(count) / ((ContinuousClock.now - begun) / .seconds(1))
        await database.close()
        return rate
    }

    private static func leave(_ number: Int, _ telling: Telling, in database: Database) async throws {
        try await database.transaction { transaction in
            guard telling != .afterwards else {
                try await transaction.enqueue(Nothing(number: number))
                return
            }
            // The row that the queue writes, without what is told of it.
            try await transaction.run(
                """
                insert into jobs.job (lane, kind, arguments, priority, state, due, attempts_allowed, enqueued_at)
                select coalesce((select id from jobs.lane where queue = \(Nothing.queue) and site = ''),
                        jobs.lane(\(Nothing.queue), '')),
                    \(Nothing.kind), \("{\"number\":\(number)}")::json, 1, 'ready', now, 12, now
                from (select clock_timestamp() as now offset 0) present
                """)
            if telling == .within { try await transaction.run("select pg_notify('meridian_jobs', '1')") }
        }
    }
}
