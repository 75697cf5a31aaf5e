import Postgres
import Runtime

/// One queue's conversation with the database: in one transaction and one round trip it finishes the jobs that are done
/// and claims others.
///
/// It is in three steps, so that the server can be asked again while what it has answered is read:
/// ``prepare(claiming:)``, ``Question/ask()`` and ``take(_:)``. One claim at a time is on its way, and one that only
/// finishes beside it.
struct JobExchange {
    private let runner: QueueRunner
    private let hand: Hand
    private let attempts: AttemptRunner
    private var order = ClaimOrder()
    private var marks = ClaimMarks()
    /// Tokens of claims that failed: the server may have carried them out all the same.
    private var doubtful: [Int64] = []
    private var jobs: Reserve

    /// What to claim beyond the jobs that can be begun at once: nothing of what is limited, which is begun at once.
    var reserve: Reserve { runner.isLimited ? Reserve(least: 0) : jobs }

    init(runner: QueueRunner, hand: Hand, attempts: AttemptRunner) {
        (self.runner, self.hand, self.attempts) = (runner, hand, attempts)
        jobs = Reserve(least: max(runner.settings.prefetch, hand.largestBatch - 1))
    }

    /// What is to be written and claimed.
    struct Question: Sendable {
        fileprivate let ended: [Verdict]
        fileprivate let claim: Claim?
        fileprivate let doubtful: [Int64]
        fileprivate let start = ContinuousClock.now
        private let runner: QueueRunner

        fileprivate init(ended: [Verdict], claim: Claim?, doubtful: [Int64], runner: QueueRunner) {
            (self.ended, self.claim, self.doubtful, self.runner) = (ended, claim, doubtful, runner)
        }

        /// Asks the server.
        func ask() async -> Reply {
            let settling = Settlement.finish(ended, now: runner.settings.now())
            do throws(DatabaseError) {
                for token in doubtful { try await runner.database.run(.giveBack(token: token, of: runner.worker)) }
                let claiming = claim.map { runner.isLimited ? $0.limited : [$0.statement] } ?? []
                let answers = try await runner.database.pipeline([.plannedOnce] + settling + claiming)
                return Reply(question: self, settling: settling.count, answers: .success(answers))
            } catch {
                return Reply(question: self, settling: settling.count, answers: .failure(error))
            }
        }
    }

    /// What the server says to it, not yet read.
    struct Reply: Sendable {
        fileprivate let question: Question
        /// How many statements wrote what has ended.
        fileprivate let settling: Int
        fileprivate let answers: Result<[StatementAnswer], DatabaseError>
        fileprivate let end = ContinuousClock.now

        /// How many jobs were claimed.
        var count: Int {
            guard question.claim != nil, case .success(let answers) = answers else { return 0 }
            return answers.last?.affectedRows ?? 0
        }

        /// Whether there are probably more.
        var isFull: Bool { question.claim.map { count * 2 >= $0.limit } ?? false }
    }

    /// Has what has ended written and at most `limit` jobs claimed.
    ///
    /// - Returns: nil where there is nothing to say.
    mutating func prepare(claiming limit: Int) -> Question? {
        let ended = hand.takeEnded()
        let claim = claim(limit, isAlone: ended.isEmpty)
        guard claim != nil || !ended.isEmpty else { return nil }
        for verdict in ended { JobPoint.completing.pass(of: verdict.job.kind) }
        if claim != nil { JobPoint.claiming.pass() }
        return Question(ended: ended, claim: claim, doubtful: doubtful, runner: runner)
    }

    /// Asks and takes what is answered.
    mutating func perform(claiming limit: Int) async {
        if let question = prepare(claiming: limit) { take(await question.ask()) }
    }

    /// Takes what the server has answered. If it could not be reached nothing has happened, and what has ended is kept
    /// for the next time.
    mutating func take(_ reply: Reply) {
        let question = reply.question
        do {
            let answers = try reply.answers.get()
            doubtful.removeAll { question.doubtful.contains($0) }
            // All is read before anything is taken for granted: what is claimed and cannot be read is given back.
            let held = try answers.dropFirst().prefix(reply.settling).flatMap { try $0.rows(as: JobID.self) }
            let claimed = question.claim == nil ? [] : try answers[answers.count - 1].rows(of: ClaimedJob.self)
            note(question.ended, held: held)
            if let claim = question.claim {
                jobs.note(ended: hand.takeEndings(), from: question.start, to: reply.end)
                if hasMarks, let scan = claimed.first?.scan {
                    marks.note(claim, claimed: claimed, scan: scan, at: question.start)
                }
                take(claimed)
            }
        } catch {
            if let claim = question.claim { doubtful.append(claim.token) }
            hand.putBack(question.ended)
            guard !Task.isCancelled else { return }
            runner.log.warning(
                "no jobs can be claimed or finished now",
                ["queue": .string(runner.queue.rawValue), "err": .error(error)])
        }
    }

    private mutating func claim(_ limit: Int, isAlone: Bool) -> Claim? {
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
            token: .random(in: .min ... .max), inHaste: isAlone, now: runner.settings.now())
        if hasMarks { claim.since = marks.since(claim.places, at: .now) }
        return claim
    }

    /// In a test's time, which may stand still, every claim looks from the beginning. Limited lanes are short.
    private var hasMarks: Bool {
        !runner.isLimited && runner.settings.now() == nil && runner.settings.time is SystemTime
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
