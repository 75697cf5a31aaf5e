import Moments
import Postgres
import Runtime
import Synchronization

/// Claims the jobs of one queue and has them run, so many at a time, during one life of a worker.
struct QueueRunner: Sendable {
    let queue: JobQueue
    let kinds: [JobKind]
    let worker: WorkerID
    let registry: JobRegistry
    let lanes: LaneDirectory
    let bell: Bell
    let database: Database
    let settings: JobWorkerSettings
    let metrics: JobMetrics
    let log: Log

    /// The jobs that are being run.
    private final class Hand: Sendable {
        private let jobs = Mutex<[JobID: ClaimedJob]>([:])

        var count: Int { jobs.withLock(\.count) }
        var all: [ClaimedJob] { jobs.withLock { Array($0.values) } }

        func take(_ job: ClaimedJob) { jobs.withLock { $0[job.id] = job } }
        func drop(_ job: ClaimedJob) { jobs.withLock { _ = $0.removeValue(forKey: job.id) } }
    }

    /// Returns after the stop, when nothing of the queue is in hand any more, or when the task is cancelled.
    func run(until stop: StopSignal) async {
        let registration = stop.onRaise { bell.ring() }
        defer { registration.cancel() }
        let hand = Hand()
        let attempts = AttemptRunner(
            registry: registry, lanes: lanes, database: database, settings: settings, metrics: metrics, log: log)
        var claimer = Claimer(runner: self)
        var waiting: ArraySlice<ClaimedJob> = []
        let concurrency = settings.concurrency(of: queue)
        await withDiscardingTaskGroup { group in
            while !stop.isRaised, !Task.isCancelled {
                let room = concurrency + settings.prefetch - hand.count - waiting.count
                // A claim costs about the same for one job as for many: those in reserve are used up by half first.
                if room > settings.prefetch / 2 || room > 0 && waiting.isEmpty { waiting += await claimer.claim(room) }
                while !stop.isRaised, hand.count < concurrency, let job = waiting.popFirst() {
                    hand.take(job)
                    group.addTask {
                        await attempts.run(job)
                        hand.drop(job)
                        bell.ring()
                    }
                }
                if !stop.isRaised { await bell.wait() }
            }
            await giveBack(Array(waiting))
            await finish(hand, in: &group)
        }
    }

    /// Lets what runs come to its end; after the grace it is cancelled and given back.
    private func finish(_ hand: Hand, in group: inout DiscardingTaskGroup) async {
        let isOver = StopSignal()
        group.addTask {
            try? await settings.time.wait(for: settings.grace)
            isOver.raise()
            bell.ring()
        }
        while hand.count > 0, !isOver.isRaised, !Task.isCancelled { await bell.wait() }
        group.cancelAll()
        let left = hand.all
        guard !left.isEmpty, !Task.isCancelled else { return }
        log.warning(
            "jobs were cut short by the stop and given back",
            ["queue": .string(queue.rawValue), "count": .int(left.count)])
        await giveBack(left)
    }

    /// Makes jobs wait again at once, without counting the attempt. If that fails they wait until the lease is over.
    private func giveBack(_ jobs: [ClaimedJob]) async {
        guard !jobs.isEmpty, !Task.isCancelled else { return }
        do {
            let now = settings.now()
            _ = try await database.pipeline(jobs.flatMap { Settlement.returned.statements(of: $0, now: now) })
            metrics.settled(jobs, as: "returned")
        } catch {
            log.warning(
                "jobs could not be given back; they are run when the lease is over",
                ["queue": .string(queue.rawValue), "err": .error(error)])
        }
    }
}

/// Claims jobs for one queue's runner, and gives back those of claims whose answer was lost.
private struct Claimer {
    let runner: QueueRunner
    private var order = ClaimOrder()
    /// Tokens of claims that failed: the server may have carried them out all the same.
    private var doubtful: [Int64] = []

    init(runner: QueueRunner) {
        self.runner = runner
    }

    /// At most `limit` jobs; none if the database cannot be reached.
    mutating func claim(_ limit: Int) async -> [ClaimedJob] {
        let (lanes, priorities) = order.next(lanes: runner.lanes.lanes(of: runner.queue))
        guard !lanes.isEmpty else { return [] }
        let token = Int64.random(in: .min ... .max)
        let claim = Claim(
            worker: runner.worker, lanes: lanes, priorities: priorities, kinds: runner.kinds, limit: limit,
            token: token, now: runner.settings.now())
        do {
            while let earlier = doubtful.last {
                try await runner.database.run(.giveBack(token: earlier, of: runner.worker))
                doubtful.removeLast()
            }
            JobPoint.claiming.pass()
            doubtful.append(token)
            let answers = try await runner.database.pipeline(claim.statements)
            let jobs = try answers[1].rows(of: ClaimedJob.self)
            doubtful.removeAll()
            if !jobs.isEmpty { JobPoint.claimed.pass() }
            runner.metrics.claimed(jobs, from: runner.queue)
            return jobs.sorted { ($0.priority, $0.due, $0.id) < ($1.priority, $1.due, $1.id) }
        } catch {
            if !Task.isCancelled {
                runner.log.warning(
                    "no jobs can be claimed now",
                    ["queue": .string(runner.queue.rawValue), "err": .error(error)])
            }
            return []
        }
    }
}
