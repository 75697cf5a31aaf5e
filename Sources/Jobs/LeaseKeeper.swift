import Moments
import Postgres
import Runtime

/// Keeps the lease of one life of a worker.
struct LeaseKeeper: Sendable {
    let worker = WorkerID()
    let database: Database
    let settings: JobWorkerSettings
    let log: Log

    private static let retry = Backoff(first: .milliseconds(200), most: .seconds(5))

    /// Enters the worker, however long the database is away.
    /// - Returns: the instant from which the lease counts; nil if the stop was raised first.
    func register(queues: [JobQueue], until stop: StopSignal) async throws -> ContinuousClock.Instant? {
        var failures = 0
        while !stop.isRaised {
            let asked = ContinuousClock.now
            do {
                try await database.run(
                    .register(
                        worker, name: settings.name, queues: queues, sites: settings.sites?.sorted(),
                        lease: settings.lease, now: settings.now()))
                log.info("the worker has begun", ["worker": .string("\(worker)")])
                return asked
            } catch {
                try Task.checkCancellation()
                failures += 1
                log.warning("the worker cannot be entered into the database yet", ["err": .error(error)])
                let wait = Self.retry.delay(afterAttempt: failures)
                let time = settings.time
                _ = try await stop.untilRaised { try await time.wait(for: wait) }
            }
        }
        return nil
    }

    /// Renews the lease until the task is cancelled.
    ///
    /// How long the lease can be trusted is measured from before each request by a clock that nobody sets, so that this
    /// side gives up before the others take over.
    /// - Throws: ``LeaseExpired``.
    func renew(since registration: ContinuousClock.Instant) async throws -> JobWorker.Part {
        let margin = settings.lease / 10
        var trustedUntil = registration + settings.lease - margin
        var isInDoubt = false
        while true {
            try await settings.time.wait(for: isInDoubt ? margin : settings.lease / 3)
            guard ContinuousClock.now < trustedUntil else { throw LeaseExpired(worker: worker) }
            let asked = ContinuousClock.now
            do {
                let renewed = try await database.run(
                    .renew(worker, lease: settings.lease, now: settings.now()))
                guard renewed == 1 else { throw LeaseExpired(worker: worker) }
                trustedUntil = asked + settings.lease - margin
                isInDoubt = false
            } catch let error as DatabaseError {
                try Task.checkCancellation()
                isInDoubt = true
                log.warning("the worker's lease could not be renewed yet", ["err": .error(error)])
            }
        }
    }

    /// Strikes the worker off after it has given everything back. If that fails others will do it.
    func leave() async {
        _ = try? await database.run(.leave(worker))
    }
}

/// A worker could not renew its lease in time.
struct LeaseExpired: Error, CustomStringConvertible {
    let worker: WorkerID

    var description: String { "worker \(worker) could not renew its lease in time, so others may take its jobs" }
}
