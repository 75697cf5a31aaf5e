import Moments
import Postgres
import Runtime

/// What every worker does beside its jobs, so that no process has a role of its own: it takes the jobs of lost workers,
/// ends those whose deadline has passed, forgets what finished long ago, and measures how long the oldest jobs have
/// waited.
struct JobMaintenance: Sendable {
    let database: Database
    let settings: JobWorkerSettings
    let metrics: JobMetrics
    let log: Log
    /// Of the worker whose maintenance it is.
    var cancellations: JobCancellations?

    /// Every so many rounds come the duties that can wait.
    private static let rarely = 12

    /// Goes on until the task is cancelled.
    func run() async -> JobWorker.Part {
        var round = 0
        while !Task.isCancelled {
            try? await settings.time.wait(for: settings.maintenanceInterval * Double.random(in: 0.8...1.2))
            if Task.isCancelled { break }
            round += 1
            do {
                try await cancellations?.look()
                try await rescue()
                try await Expiry(database: database, metrics: metrics, now: settings.now()).run()
                try await measure()
                if round % Self.rarely == 0 {
                    try await promoteStranded()
                    try await forgetFinished()
                }
            } catch  where !Task.isCancelled {
                log.warning("the queue's maintenance will be tried again", ["err": .error(error)])
            } catch {}
        }
        return .maintenance
    }

    private func rescue() async throws {
        let report = try await Rescue(database: database, now: settings.now()).run()
        guard report != Rescue.Report() else { return }
        log.warning(
            "jobs of lost workers were taken back",
            [
                "workers": .string(report.workers.joined(separator: ", ")), "returned": .int(report.returned),
                "dead": .int(report.dead),
            ])
    }

    private func measure() async throws {
        for lane in try await JobLedger(database, now: settings.now).waits() {
            metrics.oldest(lane.age, queue: lane.queue, site: lane.site)
        }
    }

    /// The net below the order of keys: a key whose first job waits for nobody. It is empty unless there is a fault.
    func promoteStranded() async throws {
        let keys = try await database.all(
            """
            select key.key from jobs.key cross join lateral (
                select state from jobs.job where job.key = key.key and turn is not null order by turn limit 1
            ) first
            where first.state = 'behind'
            limit 100
            """, as: String.self)
        for key in keys {
            log.error("a key's first job was waiting for nobody", ["key": .string(key)])
            _ = try await database.pipeline([.lock(key: key), .promote(key: key), .forget(key: key)])
        }
    }

    /// Removes the history that is older than it has to be, and words that are free again, in steps that hold no lock
    /// for long.
    func forgetFinished() async throws {
        let (present, limit) = (SQL.present(settings.now()), 1000)
        try await repeatedly(upTo: limit) {
            """
            delete from jobs.finished where id = any(array(
                select id from jobs.finished where finished_at < \(present) - \(settings.retention)
                order by finished_at limit \(limit) for update skip locked))
            """
        }
        try await repeatedly(upTo: limit) {
            """
            delete from jobs.once where (kind, word) in (
                select kind, word from jobs.once where until < \(present)
                order by until limit \(limit) for update skip locked)
            """
        }
    }

    /// Runs a statement until it changes less than it may.
    private func repeatedly(upTo limit: Int, _ statement: () -> SQL) async throws {
        for _ in 0..<50 where try await database.run(statement()) < limit { return }
    }
}
