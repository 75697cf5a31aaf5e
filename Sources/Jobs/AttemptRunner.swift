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

    /// Makes the attempt and writes down what became of it.
    func run(_ job: ClaimedJob) async {
        if let verdict = await attempt(job) { await write(verdict) }
    }

    /// Makes the attempt.
    ///
    /// - Returns: what is still to be written; nil where that has been done, or where it is not for this worker to do.
    func attempt(_ job: ClaimedJob) async -> Verdict? {
        guard let handler = registry[job.kind], let lane = lanes.lane(job.lane) else {
            preconditionFailure("only jobs of known kinds and lanes are claimed")
        }
        let trace = job.traceparent.flatMap(TraceContext.init(traceparent:))?.child() ?? TraceContext()
        return await Log.Context.with(Log.Context(requestID: job.requestID, trace: trace)) {
            if job.isExpired(now: settings.now()) {
                return Verdict(job: job, settlement: .finished(.expired, reason: nil))
            }
            if let key = job.key, job.mustTakeTurn {
                await takeTurn(job, key: key)
                return nil
            }
            if job.isSuspect, await !begin(job) { return nil }
            return await handle(job, handler: handler, lane: lane)
        }
    }

    private func takeTurn(_ job: ClaimedJob, key: String) async {
        await persist(job) {
            try await database.pipeline(Settlement.takeTurn(of: job, key: key))[1].affectedRows
        }
    }

    /// Whether the attempt may begin.
    private func begin(_ job: ClaimedJob) async -> Bool {
        let changed = await persist(job) { try await database.run(.begin(job)) }
        if changed == 0 { lost(job) }
        return changed == 1
    }

    private func handle(_ job: ClaimedJob, handler: JobHandler, lane: Lane) async -> Verdict? {
        let context = JobContext(job, lane: lane, database: database, now: settings.now)
        let began = ContinuousClock.now
        return await withTaskGroup(of: Ending.self) { group in
            group.addTask {
                do {
                    return .returned(try await handler.run(job.arguments, context))
                } catch {
                    return .threw(error)
                }
            }
            group.addTask {
                await job.progress.untilCancelled { try? await settings.time.wait(for: handler.policy.timeout) }
                return .timedOut
            }
            let ending = await group.next() ?? .timedOut
            // First cancelled, then settled: a handler in the middle of a transaction holds the job's row.
            group.cancelAll()
            // A stop or the loss of the lease: whoever cancelled this attempt sees to the job.
            guard !Task.isCancelled else { return nil }
            metrics.handled(job, in: ContinuousClock.now - began)
            return verdict(on: job, ending: ending, context: context, policy: handler.policy)
        }
    }

    private func verdict(
        on job: ClaimedJob, ending: Ending, context: JobContext, policy: JobPolicy
    ) -> Verdict? {
        if let cancelled = job.progress.cancelled {
            return Verdict(job: cancelled, settlement: cancelled.cancellation)
        }
        let isEntrusted = context.stage == .entrusted
        switch ending {
        case .returned(let outcome):
            let settlement = Settlement(outcome)
            guard context.stage != .settled else {
                metrics.settled([job], as: settlement.name)
                return nil
            }
            return Verdict(job: job, settlement: settlement, isExpectedGone: isEntrusted)
        case .threw(is LeaseLost):
            lost(job)
            return nil
        case .threw(let error as UndecodableArguments):
            log.error("a job cannot be read and was given up", fields(of: job, error: error))
            return Verdict(job: job, settlement: .dead(reason: error.reason))
        case .threw(let error):
            return failure(of: job, because: error, context: context, policy: policy)
        case .timedOut:
            return failure(of: job, because: HandlerTimeout(limit: policy.timeout), context: context, policy: policy)
        }
    }

    /// Another attempt after a while, or the end as a dead letter.
    private func failure(
        of job: ClaimedJob, because error: any Error, context: JobContext, policy: JobPolicy
    ) -> Verdict? {
        var random = SettingsChance(settings: settings)
        let reason = Self.reason(error)
        let isEntrusted = context.stage == .entrusted
        if context.stage == .settled {
            log.error("a handler failed after it had finished its job", fields(of: job, error: error))
            return nil
        } else if (error as? DatabaseError)?.reason == .unreachable {
            // The job is not to blame for that.
            let wait = Self.retry.delay(afterAttempt: job.attempt + 5, using: &random)
            return Verdict(job: job, settlement: .snoozed(wait))
        } else if job.attempt >= job.attemptsAllowed {
            log.error("a job has failed for the last time and was given up", fields(of: job, error: error))
            return Verdict(job: job, settlement: .dead(reason: reason), isExpectedGone: isEntrusted)
        } else {
            log.warning("a job has failed and is tried again", fields(of: job, error: error))
            let wait = policy.delay(afterAttempt: job.attempt, using: &random)
            return Verdict(job: job, settlement: .retry(after: wait, reason: reason), isExpectedGone: isEntrusted)
        }
    }

    func write(_ verdict: Verdict) async {
        let job = verdict.job
        JobPoint.completing.pass(of: job.kind)
        let changed = await persist(job) {
            let settlement = verdict.settlement
            return try await database.pipeline(settlement.statements(of: job, now: settings.now()))[
                settlement.fence(of: job)
            ].affectedRows
        }
        if let changed { written(verdict, wasHeld: changed > 0) }
    }

    /// Notes that what became of a job has been written.
    ///
    /// - Parameter wasHeld: whether the job was still this worker's.
    func written(_ verdict: Verdict, wasHeld: Bool) {
        let job = verdict.job
        JobPoint.completed.pass(of: job.kind)
        if wasHeld || verdict.isExpectedGone {
            metrics.settled([job], as: verdict.settlement.name)
        } else {
            lost(job)
        }
    }

    private func lost(_ job: ClaimedJob) {
        metrics.settled([job], as: "lost")
        log.warning("a job was taken from this worker", fields(of: job, error: LeaseLost(id: job.id)))
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
