import Jobs
import Moments
import Postgres
import Runtime

/// Work that leaves one row behind, in the transaction in which the job is finished.
struct Written: Job {
    static let kind: JobKind = "chaos.written"
    static let queue: JobQueue = "deeds"
    static let policy = Deed.policy

    var deed: Deed
}

/// The same after a while in which the worker may be killed or frozen.
struct Awaited: Job {
    static let kind: JobKind = "chaos.awaited"
    static let queue: JobQueue = "deeds"
    static let policy = Deed.policy

    var deed: Deed
}

/// The same, many in one transaction.
struct Joined: Job {
    static let kind: JobKind = "chaos.joined"
    static let queue: JobQueue = "deeds"
    static let policy = Deed.policy

    var deed: Deed
}

/// Work whose row stands before the job is finished, as an effect on another system does: it may be there twice, and
/// shows by that how often a worker was met at the wrong moment.
struct Loose: Job {
    static let kind: JobKind = "chaos.loose"
    static let queue: JobQueue = "loose"
    static let policy = Deed.policy

    var deed: Deed
}

/// What a job is asked to do.
struct Deed: Codable {
    /// Never the end of trying, and never a long wait: each fault costs an attempt at the most.
    static let policy = JobPolicy(attempts: 1000, retry: .schedule([.milliseconds(100)]), timeout: .seconds(20))

    /// A number of its own.
    var number: Int
    var key: String?
    /// How long it takes outside the database.
    var milliseconds: Int
    /// How many attempts fail before one succeeds.
    var failures: Int

    /// Writes the row that must be there once in the end.
    func write(on transaction: borrowing Transaction) async throws {
        try await transaction.run("insert into chaos.effect (number, key) values (\(number), \(key))")
    }

    /// - Throws: ``Unlucky``.
    func fail(at attempt: Int) throws {
        if attempt <= failures { throw Unlucky() }
    }

    struct Unlucky: Error {}
}

/// What workers do with the jobs.
enum Deeds {
    static func registry(_ database: Database) -> JobRegistry {
        JobRegistry([
            JobHandler(for: Written.self) {
                (job: Written, context: JobContext, transaction: borrowing Transaction) in
                try await job.deed.write(on: transaction)
                if job.deed.milliseconds > 250 { try await transaction.run("select pg_sleep(0.1)") }
                // After the row: it has to go with the attempt.
                try job.deed.fail(at: context.attempt)
                return .done
            },
            JobHandler(for: Awaited.self) { job, context in
                try await SystemTime().wait(for: .milliseconds(job.deed.milliseconds))
                try await context.complete { (transaction: borrowing Transaction) in
                    try await job.deed.write(on: transaction)
                    try job.deed.fail(at: context.attempt)
                }
                return .done
            },
            JobHandler(for: Joined.self, batchesOf: 10) { jobs, transaction in
                for (job, _) in jobs { try await job.deed.write(on: transaction) }
                if jobs[0].job.deed.milliseconds > 150 { try await transaction.run("select pg_sleep(0.1)") }
                // One that fails takes the others' rows with it, and they are done by themselves.
                for (job, context) in jobs { try job.deed.fail(at: context.attempt) }
            },
            JobHandler(for: Loose.self) { job, context in
                try await database.transaction { (transaction: borrowing Transaction) in
                    try await job.deed.write(on: transaction)
                }
                try await SystemTime().wait(for: .milliseconds(job.deed.milliseconds))
                return .done
            },
        ])
    }
}
