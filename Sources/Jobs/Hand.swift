import Synchronization

/// The jobs that one queue of a worker holds: those it has claimed and not begun, those that are being run, and what
/// became of those that have ended.
final class Hand: Sendable {
    fileprivate struct Jobs {
        var waiting: ArraySlice<ClaimedJob> = []
        var running: [JobID: ClaimedJob] = [:]
        var ended: [Verdict] = []
        var endings = 0
    }

    private let jobs = Mutex(Jobs())

    /// How many are run, and how many are to be.
    var counts: (running: Int, waiting: Int) { jobs.withLock { ($0.running.count, $0.waiting.count) } }

    /// Whether nothing is left to be run or written.
    var isEmpty: Bool { jobs.withLock { $0.waiting.isEmpty && $0.running.isEmpty && $0.ended.isEmpty } }

    var running: [ClaimedJob] { jobs.withLock { Array($0.running.values) } }

    func add(_ claimed: [ClaimedJob]) { jobs.withLock { $0.waiting += claimed } }

    /// The next job to run; nil if none waits, or if so many are being run already.
    func begin(atMost concurrency: Int) -> ClaimedJob? {
        jobs.withLock { $0.running.count < concurrency ? $0.next() : nil }
    }

    /// Notes the end of a job, and has whoever ran it take the next.
    ///
    /// - Parameter verdict: what is to be written; nil if nothing.
    func end(_ job: ClaimedJob, _ verdict: Verdict?) -> ClaimedJob? {
        jobs.withLock { jobs in
            jobs.running.removeValue(forKey: job.id)
            jobs.endings += 1
            if let verdict { jobs.ended.append(verdict) }
            return jobs.next()
        }
    }

    /// Cuts a job short that was cancelled, if it is being run.
    ///
    /// - Parameter cancelled: the job with the token by which it is to be settled.
    func cancel(_ cancelled: ClaimedJob) -> Bool {
        jobs.withLock { jobs in
            jobs.waiting.removeAll { $0.id == cancelled.id }
            guard let job = jobs.running[cancelled.id] else { return false }
            job.progress.cancel(cancelled)
            return true
        }
    }

    /// What is to be written of jobs that have ended.
    func takeEnded() -> [Verdict] {
        jobs.withLock { jobs in
            defer { jobs.ended = [] }
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

    /// What could not be written, for the next time.
    func putBack(_ verdicts: [Verdict]) { jobs.withLock { $0.ended.insert(contentsOf: verdicts, at: 0) } }

    /// The jobs that have not been begun; nobody begins them any more.
    func takeWaiting() -> [ClaimedJob] {
        jobs.withLock { jobs in
            defer { jobs.waiting = [] }
            return Array(jobs.waiting)
        }
    }
}

extension Hand.Jobs {
    fileprivate mutating func next() -> ClaimedJob? {
        guard let job = waiting.popFirst() else { return nil }
        running[job.id] = job
        return job
    }
}
