import Moments
import Postgres
import Runtime

extension AttemptRunner {
    /// Handles jobs of one kind in one transaction that also finishes them: all of that happens, or nothing.
    func attempt(batch jobs: [ClaimedJob], in series: inout AttemptSeries, under watch: AttemptWatch) async -> Ending {
        let first = jobs[0]
        guard let handler = registry[first.kind], let batch = handler.batch else {
            preconditionFailure("only jobs of a kind with a batch are handled together")
        }
        series.begin(first)
        let began = ContinuousClock.now
        watch.begin(first, until: settings.time.now + handler.policy.timeout)
        let failure: (any Error)?
        do {
            try await settle(jobs, of: handler, by: batch)
            failure = nil
        } catch {
            failure = error
        }
        let isCutShort = watch.forget(first)
        if let failure {
            if Task.isCancelled { return isCutShort ? .cutShort(nil, isSeparated: true) : .abandoned }
            log.info(
                "jobs could not be done together and are tried one by one",
                ["kind": .string(handler.kind.rawValue), "count": .int(jobs.count), "err": .error(failure)])
            return .separated
        }
        for job in jobs { JobPoint.completed.pass(of: job.kind) }
        metrics.handled(first, in: ContinuousClock.now - began)
        metrics.settled(jobs, as: FinishedOutcome.done.rawValue)
        return isCutShort ? .cutShort(nil, isSeparated: false) : .over
    }

    private func settle(_ jobs: [ClaimedJob], of handler: JobHandler, by batch: JobHandler.Batch) async throws {
        let items = try jobs.map { job in
            guard let lane = lanes.lane(job.lane) else { throw LeaseLost(id: job.id) }
            let context = JobContext(
                job, lane: lane, policy: handler.policy, database: database, now: settings.now)
            return (arguments: job.arguments, context)
        }
        let settlement = Settlement(.done, keepsHistory: handler.policy.keepsHistory)
        let verdicts = jobs.map { Verdict(job: $0, settlement: settlement) }
        try await database.transaction(retries: 3) { (transaction: borrowing Transaction) in
            try await batch.run(items, transaction)
            let finish = Settlement.finish(verdicts, now: settings.now())
            let answers = try await transaction.pipeline([.plannedOnce] + finish)
            let held = Set(try answers[1].rows(as: JobID.self))
            if let lost = jobs.first(where: { !held.contains($0.id) }) { throw LeaseLost(id: lost.id) }
            JobPoint.completing.pass(of: handler.kind)
        }
    }
}
