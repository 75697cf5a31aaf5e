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

    /// How an attempt ended, at one job or at several together.
    enum Ending: Sendable {
        /// And this is still to be written.
        case ended(Verdict)
        /// And nothing is left to be written, or not by this worker.
        case over
        /// Its task was cancelled for its sake alone; perhaps something is still to be written, or each of the jobs to
        /// be attempted by itself.
        case cutShort(Verdict?, isSeparated: Bool)
        /// Nothing has happened, and each of the jobs is to be attempted by itself.
        case separated
        /// Whoever cancelled it sees to its jobs.
        case abandoned
    }

    /// What was cut short.
    struct Cut: Sendable {
        let jobs: [ClaimedJob]
        let verdict: Verdict?
        let isSeparated: Bool
    }

    /// Makes the attempt and writes down what became of it.
    func run(_ job: ClaimedJob) async {
        let watch = AttemptWatch()
        let ending = await withTaskGroup(of: Ending.self) { group in
            group.addTask {
                await watch.run(by: settings.time)
                return .abandoned
            }
            group.addTask {
                var series = AttemptSeries()
                return await series.topic.run { await attempt(job, in: &series, under: watch) }
            }
            defer { group.cancelAll() }
            return await group.next() ?? .abandoned
        }
        switch ending {
        case .ended(let verdict), .cutShort(let verdict?, _): await write(verdict)
        case .over, .cutShort(nil, _), .separated, .abandoned: break
        }
    }

    /// Makes the attempt.
    ///
    /// - Parameters:
    ///   - series: of the task, which makes one attempt after the other.
    ///   - watch: cuts it short when its time is over.
    func attempt(_ job: ClaimedJob, in series: inout AttemptSeries, under watch: AttemptWatch) async -> Ending {
        guard let handler = registry[job.kind], let lane = lanes.lane(job.lane) else {
            preconditionFailure("only jobs of known kinds and lanes are claimed")
        }
        series.begin(job)
        if job.isExpired(now: settings.now()) {
            return .ended(Verdict(job: job, settlement: .finished(.expired, reason: nil)))
        }
        if let key = job.key, job.mustTakeTurn {
            await takeTurn(job, key: key)
            return Task.isCancelled ? .abandoned : .over
        }
        if job.isSuspect, await !begin(job) { return Task.isCancelled ? .abandoned : .over }
        return await handle(job, handler: handler, lane: lane, under: watch)
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

    private func handle(
        _ job: ClaimedJob, handler: JobHandler, lane: Lane, under watch: AttemptWatch
    ) async -> Ending {
        let context = JobContext(
            job, lane: lane, policy: handler.policy, database: database, now: settings.now)
        let began = ContinuousClock.now
        watch.begin(job, until: settings.time.now + handler.policy.timeout)
        let result: Result<JobOutcome, any Error>
        do {
            let work = job.progress.takeWork() ?? handler.read([job.arguments])[0]
            result = .success(try await work(context))
        } catch {
            result = .failure(error)
        }
        // Settled only now that the handler has ended: one in the middle of a transaction holds the job's row.
        let isCutShort = watch.forget(job)
        // A stop or the loss of the lease: whoever cancelled this attempt sees to the job.
        if Task.isCancelled, !isCutShort { return .abandoned }
        metrics.handled(job, in: ContinuousClock.now - began)
        let outcome = isCutShort ? .failure(HandlerTimeout(limit: handler.policy.timeout)) : result
        let verdict = verdict(on: job, result: outcome, context: context, policy: handler.policy)
        return isCutShort ? .cutShort(verdict, isSeparated: false) : verdict.map { .ended($0) } ?? .over
    }

    private func verdict(
        on job: ClaimedJob, result: Result<JobOutcome, any Error>, context: JobContext, policy: JobPolicy
    ) -> Verdict? {
        if let cancelled = job.progress.cancelled {
            return Verdict(job: cancelled, settlement: cancelled.cancellation)
        }
        switch result {
        case .success(let outcome):
            let settlement = Settlement(outcome, keepsHistory: policy.keepsHistory)
            guard context.stage != .settled else {
                metrics.settled([job], as: settlement.name)
                return nil
            }
            return Verdict(job: job, settlement: settlement, isExpectedGone: context.stage == .entrusted)
        case .failure(is LeaseLost):
            lost(job)
            return nil
        case .failure(let error as UndecodableArguments):
            log.error("a job cannot be read and was given up", fields(of: job, error: error))
            return Verdict(job: job, settlement: .dead(reason: error.reason))
        case .failure(let error):
            return failure(of: job, because: error, context: context, policy: policy)
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
        guard let changed else { return }
        if changed > 0 || verdict.isExpectedGone { written([verdict]) } else { lost(job) }
    }

    /// Notes that what became of jobs has been written.
    func written(_ verdicts: [Verdict]) {
        for verdict in verdicts { JobPoint.completed.pass(of: verdict.job.kind) }
        for (settlement, verdicts) in Dictionary(grouping: verdicts, by: \.settlement.name) {
            metrics.settled(verdicts.map(\.job), as: settlement)
        }
    }

    func lost(_ job: ClaimedJob) {
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
