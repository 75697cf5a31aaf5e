import Postgres
import Runtime

/// Claims the jobs of one queue, has them run, so many at a time, and writes down what became of them, during one life
/// of a worker.
///
/// One exchange with the database at a time writes what has ended and claims what there is room for; what ends
/// meanwhile goes with the next. So the more there is to do, the more goes into each exchange. Where much has ended,
/// the server writes and claims at the same time, in two sessions, and neither waits for the other. Where there is more
/// than was claimed, it is asked for while the jobs of the last claim are read and run.
struct QueueRunner: Sendable {
    let queue: JobQueue
    /// Whether it is for those groups of the queue that have a limit, or for everything else: what is limited takes no
    /// room from the others.
    let isLimited: Bool
    let hand: Hand
    let kinds: [JobKind]
    let worker: WorkerID
    let registry: JobRegistry
    let lanes: LaneDirectory
    let bell: Bell
    let database: Database
    let settings: JobWorkerSettings
    let metrics: JobMetrics
    let log: Log

    /// Returns after the stop, when nothing of the queue is in hand any more, or when the task is cancelled.
    func run(until stop: StopSignal) async {
        let registration = stop.onRaise { bell.ring() }
        defer { registration.cancel() }
        let attempts = AttemptRunner(
            registry: registry, lanes: lanes, database: database, settings: settings, metrics: metrics, log: log)
        var exchange = JobExchange(runner: self, hand: hand, attempts: attempts)
        let concurrency = settings.concurrency(of: queue)
        await withDiscardingTaskGroup { group in
            group.addTask { await hand.watch.run(by: settings.time) }
            while !stop.isRaised, !Task.isCancelled {
                if let writing = exchange.writing(beyond: JobExchange.few) { group.addTask { await writing.perform() } }
                var reply = await exchange.prepare(claiming: room(beside: exchange))?.ask()
                repeat {
                    let isMore = reply?.isFull == true && !stop.isRaised
                    if isMore, let writing = exchange.writing(beyond: 0) { group.addTask { await writing.perform() } }
                    let claiming = isMore ? exchange.prepare(claiming: room(beside: exchange, coming: reply)) : nil
                    async let coming = claiming?.ask()
                    // On the one thread of an event loop nothing is asked before this task lets go of it.
                    if isMore { await EventLoop.yield() }
                    if let reply { exchange.take(reply) }
                    while !stop.isRaised, let jobs = hand.begin(atMost: concurrency) {
                        group.addTask { await work(on: jobs, by: attempts) }
                        // One task may do all of them before the next is worth its start.
                        await EventLoop.yield()
                    }
                    reply = await coming
                } while reply != nil
                if !stop.isRaised { await bell.wait() }
            }
            await giveBack(hand.takeWaiting())
            await finish(hand, with: &exchange, in: &group)
        }
    }

    /// How many jobs to claim.
    ///
    /// - Parameter coming: what has been claimed and not yet been taken in hand.
    private func room(beside exchange: JobExchange, coming: JobExchange.Reply? = nil) -> Int {
        let (running, waiting) = hand.counts
        let (ended, beingWritten) = hand.unwritten
        // What has ended is not written as fast as more is claimed.
        guard ended + beingWritten < 2 * Reserve.most else { return 0 }
        return exchange.reserve.room(
            concurrency: settings.concurrency(of: queue), running: running, waiting: waiting + (coming?.count ?? 0))
    }

    /// Lets what runs come to its end; after the grace it is cancelled and given back.
    private func finish(_ hand: Hand, with exchange: inout JobExchange, in group: inout DiscardingTaskGroup) async {
        let isOver = StopSignal()
        group.addTask {
            try? await settings.time.wait(for: settings.grace)
            isOver.raise()
            bell.ring()
        }
        while !isOver.isRaised, !Task.isCancelled {
            await exchange.perform(claiming: 0)
            if hand.isEmpty { break }
            await bell.wait()
        }
        while hand.unwritten.beingWritten > 0, !Task.isCancelled { await bell.wait() }
        group.cancelAll()
        guard !Task.isCancelled, !hand.isEmpty else { return }
        await exchange.perform(claiming: 0)
        let left = hand.running + hand.takeWaiting()
        guard !left.isEmpty else { return }
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

    /// Says that the database did not take or answer what was asked of it, unless somebody has cut that short.
    func warn(_ error: any Error) {
        guard !Task.isCancelled else { return }
        log.warning(
            "no jobs can be claimed or finished now",
            ["queue": .string(queue.rawValue), "err": .error(error)])
    }
}
