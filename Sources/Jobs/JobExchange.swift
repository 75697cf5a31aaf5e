import Postgres
import Runtime

/// One queue's conversation with the database: in one transaction and one round trip it finishes the jobs that are done
/// and claims others.
///
/// It is in three steps, so that the server can be asked again while what it has answered is read:
/// ``prepare(claiming:)``, ``Question/ask()`` and ``take(_:)``. One claim at a time is on its way, and beside it one
/// writing of many jobs that have ended (``writing(beyond:)``). No claim waits for that: one that does has more to do
/// the next time, as has the next writing, and both are later and later.
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
        fileprivate let writing: JobWriting?
        fileprivate let claim: Claim?
        fileprivate let doubtful: [Int64]
        fileprivate let start = ContinuousClock.now
        private let runner: QueueRunner

        fileprivate init(writing: JobWriting?, claim: Claim?, doubtful: [Int64], runner: QueueRunner) {
            (self.writing, self.claim, self.doubtful, self.runner) = (writing, claim, doubtful, runner)
        }

        /// Asks the server.
        func ask() async -> Reply {
            do throws(DatabaseError) {
                for token in doubtful { try await runner.database.run(.giveBack(token: token, of: runner.worker)) }
                let claiming = claim.map { runner.isLimited ? $0.limited : [$0.statement] } ?? []
                let all = [.plannedOnce] + (writing?.statements ?? []) + claiming
                return Reply(question: self, answers: .success(try await runner.database.pipeline(all)))
            } catch {
                return Reply(question: self, answers: .failure(error))
            }
        }
    }

    /// What the server says to it, not yet read.
    struct Reply: Sendable {
        fileprivate let question: Question
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

    /// To write so many takes no longer than a commit of its own would: they go with the next claim.
    static let few = 16

    /// What writes more than so many jobs beside the claims; nil where no more have ended, or others are being written.
    func writing(beyond few: Int) -> JobWriting? {
        let (ended, beingWritten) = hand.unwritten
        return ended > few && beingWritten == 0 ? JobWriting(runner, attempts) : nil
    }

    /// Has at most `limit` jobs claimed, and what has ended written, unless others are written in the meantime.
    ///
    /// - Returns: nil where there is nothing to say.
    mutating func prepare(claiming limit: Int) -> Question? {
        let writing = writing(beyond: 0)
        let claim = claim(limit, isAlone: writing == nil)
        guard claim != nil || writing != nil else { return nil }
        if claim != nil { JobPoint.claiming.pass() }
        return Question(writing: writing, claim: claim, doubtful: doubtful, runner: runner)
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
            let writing = question.writing
            let held = try writing?.read(answers.dropFirst().prefix(writing?.statements.count ?? 0)) ?? []
            let claimed = question.claim == nil ? [] : try answers[answers.count - 1].rows(of: ClaimedJob.self)
            writing?.note(held: held)
            if let claim = question.claim {
                jobs.note(ended: hand.takeEndings(), from: question.start, to: reply.end)
                if hasMarks, let scan = claimed.first?.scan {
                    marks.note(claim, claimed: claimed, scan: scan, at: question.start)
                }
                take(claimed)
            }
        } catch {
            if let claim = question.claim { doubtful.append(claim.token) }
            question.writing?.putBack()
            runner.warn(error)
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
