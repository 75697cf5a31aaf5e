import Synchronization

/// The jobs that one queue of a worker holds: those it has claimed and not begun, those that are being run, and what
/// became of those that have ended.
final class Hand: Sendable {
    fileprivate struct Jobs {
        var waiting: ArraySlice<ClaimedJob> = []
        var running: [JobID: ClaimedJob] = [:]
        /// By how many tasks they are run.
        var crew = 0
        var ended: [Verdict] = []
        /// How many of those that have ended are being written.
        var beingWritten = 0
        var endings = 0
        /// How many jobs of a kind are run together; one of every other.
        let batches: [JobKind: Int]
    }

    private let jobs: Mutex<Jobs>
    /// Over the attempts at those that are being run.
    let watch = AttemptWatch()

    /// - Parameter batches: how many jobs of a kind are run together, where it is not one.
    init(batches: [JobKind: Int] = [:]) { jobs = Mutex(Jobs(batches: batches)) }

    /// How many jobs are run together at most.
    var largestBatch: Int { jobs.withLock { $0.batches.values.max() ?? 1 } }

    /// How many are run, and how many are to be.
    var counts: (running: Int, waiting: Int) { jobs.withLock { ($0.running.count, $0.waiting.count) } }

    /// How many have ended and are to be written, and how many are being written.
    var unwritten: (ended: Int, beingWritten: Int) { jobs.withLock { ($0.ended.count, $0.beingWritten) } }

    /// Whether nothing is left to be run or written.
    var isEmpty: Bool {
        jobs.withLock { $0.waiting.isEmpty && $0.running.isEmpty && $0.ended.isEmpty && $0.beingWritten == 0 }
    }

    var running: [ClaimedJob] { jobs.withLock { Array($0.running.values) } }

    func add(_ claimed: [ClaimedJob]) { jobs.withLock { $0.waiting += claimed } }

    /// What one more task is to run: a job, or several together; nil if nothing waits, or if as many tasks run already.
    func begin(atMost concurrency: Int) -> [ClaimedJob]? {
        jobs.withLock { jobs in
            guard jobs.crew < concurrency, let next = jobs.next() else { return nil }
            jobs.crew += 1
            return next
        }
    }

    /// Notes the end of what a task has run.
    ///
    /// - Parameter verdict: what is to be written; nil if nothing.
    /// - Returns: what the task is to run next; nil if it ends.
    func end(_ ended: [ClaimedJob], _ verdict: Verdict? = nil) -> [ClaimedJob]? {
        jobs.withLock { jobs in
            for job in ended { jobs.running.removeValue(forKey: job.id) }
            jobs.endings += ended.count
            if let verdict { jobs.ended.append(verdict) }
            return jobs.nextOrEnd()
        }
    }

    /// Has jobs that could not be run together wait to be run one by one.
    ///
    /// - Returns: what the task is to run next.
    func separate(_ batch: [ClaimedJob]) -> [ClaimedJob]? {
        jobs.withLock { jobs in
            for job in batch {
                jobs.running.removeValue(forKey: job.id)
                job.progress.beAlone()
            }
            jobs.waiting = batch + jobs.waiting
            return jobs.nextOrEnd()
        }
    }

    /// Cuts a job short that was cancelled, if it is being run.
    ///
    /// - Parameter cancelled: the job with the token by which it is to be settled.
    func cancel(_ cancelled: ClaimedJob) -> Bool {
        let running = jobs.withLock { jobs in
            jobs.waiting.removeAll { $0.id == cancelled.id }
            return jobs.running[cancelled.id]
        }
        guard let running else { return false }
        running.progress.cancel(cancelled)
        watch.cut(cancelled.id)
        return true
    }

    /// What is to be written of jobs that have ended. It is being written until it is ``written(_:)`` or put back.
    func takeEnded() -> [Verdict] {
        jobs.withLock { jobs in
            defer { jobs.ended = [] }
            jobs.beingWritten += jobs.ended.count
            return jobs.ended
        }
    }

    /// How many jobs have ended since this was asked last.
    func takeEndings() -> Int {
        jobs.withLock { jobs in
            defer { jobs.endings = 0 }
            return jobs.endings
        }
    }

    func written(_ verdicts: [Verdict]) { jobs.withLock { $0.beingWritten -= verdicts.count } }

    /// What could not be written, for the next time.
    func putBack(_ verdicts: [Verdict]) {
        jobs.withLock { jobs in
            jobs.beingWritten -= verdicts.count
            jobs.ended.insert(contentsOf: verdicts, at: 0)
        }
    }

    /// The jobs that have not been begun; nobody begins them any more.
    func takeWaiting() -> [ClaimedJob] {
        jobs.withLock { jobs in
            defer { jobs.waiting = [] }
            return Array(jobs.waiting)
        }
    }
}

extension Hand.Jobs {
    fileprivate mutating func next() -> [ClaimedJob]? {
        guard let first = waiting.popFirst() else { return nil }
        var next = [first]
        if let limit = batches[first.kind], first.goesInBatches {
            waiting.removeAll { job in
                guard next.count < limit, job.kind == first.kind, job.goesInBatches else { return false }
                next.append(job)
                return true
            }
        }
        for job in next { running[job.id] = job }
        return next
    }

    fileprivate mutating func nextOrEnd() -> [ClaimedJob]? {
        let next = next()
        if next == nil { crew -= 1 }
        return next
    }
}
