import Moments
import Postgres
import Runtime

/// Makes one attempt at a job: has it handled within its time, and writes down what became of it.
struct AttemptRunner: Sendable {
    let registry: JobRegistry
    let lanes: LaneDirectory
    let database: Database
    let settings: JobWorkerSettings
    let metrics: JobMetrics
    let log: Log

    private static let retry = Backoff(first: .milliseconds(100), most: .seconds(10))

    /// How the handler ended.
    private enum Ending: Sendable {
        case returned(JobOutcome)
        case threw(any Error)
        case timedOut
    }

    func run(_ job: ClaimedJob) async {
        guard let handler = registry[job.kind], let lane = lanes.lane(job.lane) else {
            preconditionFailure("only jobs of known kinds and lanes are claimed")
        }
        let trace = job.traceparent.flatMap(TraceContext.init(traceparent:))?.child() ?? TraceContext()
        await Log.Context.with(Log.Context(requestID: job.requestID, trace: trace)) {
            if let key = job.key, job.mustTakeTurn { return await takeTurn(job, key: key) }
            await attempt(job, handler: handler, lane: lane)
        }
    }

    private func takeTurn(_ job: ClaimedJob, key: String) async {
        await persist(job) {
            try await database.pipeline(Settlement.takeTurn(of: job, key: key))[1].affectedRows
        }
    }

    private func attempt(_ job: ClaimedJob, handler: JobHandler, lane: Lane) async {
        let context = JobContext(job, lane: lane, database: database, now: settings.now)
        let began = ContinuousClock.now
        await withTaskGroup(of: Ending.self) { group in
            group.addTask {
                do {
                    return .returned(try await handler.run(job.arguments, context))
                } catch {
                    return .threw(error)
                }
            }
            group.addTask {
                try? await settings.time.wait(for: handler.policy.timeout)
                return .timedOut
            }
            let ending = await group.next() ?? .timedOut
            // First cancelled, then settled: a handler in the middle of a transaction holds the job's row.
            group.cancelAll()
            // A stop or the loss of the lease: whoever cancelled this attempt sees to the job.
            guard !Task.isCancelled else { return }
            metrics.handled(job, in: ContinuousClock.now - began)
            await settle(job, ending: ending, context: context, policy: handler.policy)
        }
    }

    private func settle(_ job: ClaimedJob, ending: Ending, context: JobContext, policy: JobPolicy) async {
        switch ending {
        case .returned(let outcome):
            let settlement = Settlement(outcome)
            guard context.stage != .settled else { return metrics.settled([job], as: settlement.name) }
            await write(settlement, of: job, isExpectedGone: context.stage == .entrusted)
        case .threw(let error as LeaseLost):
            metrics.settled([job], as: "lost")
            log.warning("a job was taken from this worker", fields(of: job, error: error))
        case .threw(let error as UndecodableArguments):
            log.error("a job cannot be read and was given up", fields(of: job, error: error))
            await write(.dead(reason: error.reason), of: job)
        case .threw(let error):
            await fail(job, because: error, context: context, policy: policy)
        case .timedOut:
            await fail(job, because: HandlerTimeout(limit: policy.timeout), context: context, policy: policy)
        }
    }

    /// Another attempt after a while, or the end as a dead letter.
    private func fail(_ job: ClaimedJob, because error: any Error, context: JobContext, policy: JobPolicy) async {
        var random = SettingsChance(settings: settings)
        let reason = Self.reason(error)
        if context.stage == .settled {
            log.error("a handler failed after it had finished its job", fields(of: job, error: error))
        } else if (error as? DatabaseError)?.reason == .unreachable {
            // The job is not to blame for that.
            await write(.snoozed(Self.retry.delay(afterAttempt: job.attempt + 5, using: &random)), of: job)
        } else if job.attempt >= job.attemptsAllowed {
            log.error("a job has failed for the last time and was given up", fields(of: job, error: error))
            await write(.dead(reason: reason), of: job, isExpectedGone: context.stage == .entrusted)
        } else {
            log.warning("a job has failed and is tried again", fields(of: job, error: error))
            let wait = policy.delay(afterAttempt: job.attempt, using: &random)
            await write(.retry(after: wait, reason: reason), of: job, isExpectedGone: context.stage == .entrusted)
        }
    }

    private func write(_ settlement: Settlement, of job: ClaimedJob, isExpectedGone: Bool = false) async {
        JobPoint.completing.pass(of: job.kind)
        let changed = await persist(job) {
            try await database.pipeline(settlement.statements(of: job, now: settings.now()))[settlement.fence(of: job)]
                .affectedRows
        }
        guard let changed else { return }
        JobPoint.completed.pass(of: job.kind)
        let isLost = changed == 0 && !isExpectedGone
        metrics.settled([job], as: isLost ? "lost" : settlement.name)
        if isLost { log.warning("a job was taken from this worker", fields(of: job, error: LeaseLost(id: job.id))) }
    }

    /// Writes for as long as it takes, unless the attempt is cancelled because the lease is over; then nil.
    @discardableResult
    private func persist(_ job: ClaimedJob, _ write: () async throws -> Int) async -> Int? {
        var failures = 0
        while !Task.isCancelled {
            do {
                return try await write()
            } catch {
                failures += 1
                log.warning("a job could not be settled yet", fields(of: job, error: error))
                try? await settings.time.wait(for: Self.retry.delay(afterAttempt: failures))
            }
        }
        return nil
    }

    private func fields(of job: ClaimedJob, error: any Error) -> Log.Fields {
        [
            "job": .string("\(job.id)"), "kind": .string(job.kind.rawValue), "attempt": .int(job.attempt),
            "err": .error(error),
        ]
    }

    /// What is kept of an error: a text that PostgreSQL takes, of bounded length.
    private static func reason(_ error: any Error) -> String {
        String("\(error)".unicodeScalars.lazy.filter { $0.value != 0 }.prefix(2000).map(Character.init))
    }
}

/// A handler took longer than its job's policy allows, and was cancelled.
struct HandlerTimeout: Error, CustomStringConvertible {
    let limit: Duration

    var description: String { "the handler took longer than \(limit)" }
}
