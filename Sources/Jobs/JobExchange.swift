import Postgres
import Runtime

/// One queue's conversation with the database: in one transaction and one round trip it finishes the jobs that are done
/// and claims others.
struct JobExchange {
    private let runner: QueueRunner
    private let hand: Hand
    private let attempts: AttemptRunner
    private var order = ClaimOrder()
    private var marks = ClaimMarks()
    /// Tokens of claims that failed: the server may have carried them out all the same.
    private var doubtful: [Int64] = []
    private var jobs: Reserve

    /// How many jobs to claim beyond those that can be begun at once.
    var reserve: Int { jobs.size }

    init(runner: QueueRunner, hand: Hand, attempts: AttemptRunner) {
        (self.runner, self.hand, self.attempts) = (runner, hand, attempts)
        jobs = Reserve(least: max(runner.settings.prefetch, hand.largestBatch - 1))
    }

    /// Writes what has ended and claims at most `limit` jobs. If the database cannot be reached nothing happens, and
    /// what has ended is kept for the next time.
    mutating func perform(claiming limit: Int) async {
        let ended = hand.takeEnded()
        let claim = claim(limit)
        guard claim != nil || !ended.isEmpty else { return }
        let start = ContinuousClock.now
        do {
            try await giveBackDoubtful()
            for verdict in ended { JobPoint.completing.pass(of: verdict.job.kind) }
            if let claim {
                JobPoint.claiming.pass()
                doubtful.append(claim.token)
            }
            let settling = Settlement.finish(ended, now: runner.settings.now())
            let answers = try await runner.database.pipeline(
                [.plannedOnce] + settling + (claim.map { runner.isLimited ? $0.limited : [$0.statement] } ?? []))
            // All is read before anything is taken for granted: what is claimed and cannot be read is given back.
            let held = try answers.dropFirst().prefix(settling.count).flatMap { try $0.rows(as: JobID.self) }
            let claimed = claim == nil ? [] : try answers[answers.count - 1].rows(of: ClaimedJob.self)
            doubtful.removeAll()
            jobs.note(ended: hand.takeEndings(), from: start, to: .now)
            note(ended, held: held)
            if let claim {
                if hasMarks, let scan = claimed.first?.scan {
                    marks.note(claim, claimed: claimed, scan: scan, at: start)
                }
                take(claimed)
            }
        } catch {
            hand.putBack(ended)
            guard !Task.isCancelled else { return }
            runner.log.warning(
                "no jobs can be claimed or finished now",
                ["queue": .string(runner.queue.rawValue), "err": .error(error)])
        }
    }

    private mutating func claim(_ limit: Int) -> Claim? {
        guard limit > 0 else { return nil }
        var (lanes, priorities) = order.next(lanes: runner.lanes.lanes(of: runner.queue, isLimited: runner.isLimited))
        var waits = Array(repeating: Duration.zero, count: lanes.count)
        // What belongs to other sites comes after everything of our own.
        let foreign = runner.lanes.foreign(of: runner.queue, isLimited: runner.isLimited)
        for priority in JobPriority.allCases {
            lanes += foreign.map(\.lane)
            priorities += foreign.map { _ in priority }
            waits += foreign.map(\.wait)
        }
        guard !lanes.isEmpty else { return nil }
        var claim = Claim(
            worker: runner.worker, lanes: lanes, priorities: priorities, waits: waits, kinds: runner.kinds,
            limit: limit,
            token: .random(in: .min ... .max), now: runner.settings.now())
        if hasMarks { claim.since = marks.since(claim.places, at: .now) }
        return claim
    }

    /// In a test's time, which may stand still, every claim looks from the beginning. Limited lanes are short.
    private var hasMarks: Bool {
        !runner.isLimited && runner.settings.now() == nil && runner.settings.time is SystemTime
    }

    private mutating func giveBackDoubtful() async throws {
        while let earlier = doubtful.last {
            try await runner.database.run(.giveBack(token: earlier, of: runner.worker))
            doubtful.removeLast()
        }
    }

    private func note(_ ended: [Verdict], held: [JobID]) {
        guard held.count < ended.count else { return attempts.written(ended) }
        let held = Set(held)
        attempts.written(ended.filter { held.contains($0.job.id) })
        for verdict in ended where !held.contains(verdict.job.id) { attempts.lost(verdict.job) }
    }

    private func take(_ jobs: [ClaimedJob]) {
        if !jobs.isEmpty { JobPoint.claimed.pass() }
        runner.metrics.claimed(jobs, from: runner.queue)
        read(jobs)
        hand.add(jobs.sorted { ($0.priority, $0.due, $0.id) < ($1.priority, $1.due, $1.id) })
    }

    /// Reads the arguments of jobs that are done one by one, together because that is faster. Those of a job with which
    /// a worker was lost are left to its attempt: they may be what brought the worker down.
    private func read(_ jobs: [ClaimedJob]) {
        for (kind, jobs) in Dictionary(grouping: jobs.lazy.filter { !$0.isSuspect }, by: \.kind) where jobs.count > 1 {
            guard let handler = runner.registry[kind], handler.batch == nil else { continue }
            for (job, work) in zip(jobs, handler.read(jobs.map(\.arguments))) { job.progress.prepare(work) }
        }
    }
}
