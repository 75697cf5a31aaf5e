import Postgres
import Runtime

/// Ends the running jobs of a worker that were cancelled: cuts their handlers short, and settles what is in no
/// handler's hands.
struct JobCancellations: Sendable {
    let worker: WorkerID
    let hands: [Hand]
    let database: Database
    let settings: JobWorkerSettings
    let metrics: JobMetrics
    let log: Log

    /// Looks for them once.
    func look() async throws {
        let cancelled: Query<ClaimedJob> = """
            select \(columns: ClaimedJob.self) from jobs.job
            where worker = \(worker) and state = 'running' and cancelled is not null
            """
        for job in try await database.all(cancelled) where !hands.contains(where: { $0.cancel(job) }) {
            let settlement = job.cancellation
            let answers = try await database.pipeline(settlement.statements(of: job, now: settings.now()))
            if answers[settlement.fence(of: job)].affectedRows == 1 { metrics.settled([job], as: settlement.name) }
        }
    }

    /// Looks for them once, and leaves what fails to the next time.
    func tryToLook() async {
        do {
            try await look()
        } catch  where !Task.isCancelled {
            log.warning("jobs that were cancelled are ended later", ["err": .error(error)])
        } catch {}
    }
}
