import Runtime

/// One of the tasks that run a queue's jobs: one after the other, for as long as any wait.
extension QueueRunner {
    func work(on first: [ClaimedJob], by attempts: AttemptRunner) async {
        var next: [ClaimedJob]? = first
        while let jobs = next {
            // In a task of its own, because one that was cut short stays cancelled.
            let cut = await withTaskGroup(of: AttemptRunner.Cut?.self) { group in
                group.addTask { await workUntilCut(on: jobs, by: attempts) }
                return await group.next().flatMap(\.self)
            }
            guard let cut else { return }
            if let verdict = cut.verdict { await attempts.write(verdict) }
            if Task.isCancelled { return }
            next = cut.isSeparated ? hand.separate(cut.jobs) : hand.end(cut.jobs)
            bell.ring()
        }
    }

    /// - Returns: what was cut short; nil when nothing waits any more, or when the queue is stopped.
    private func workUntilCut(on first: [ClaimedJob], by attempts: AttemptRunner) async -> AttemptRunner.Cut? {
        var series = AttemptSeries()
        return await series.topic.run {
            var next: [ClaimedJob]? = first
            while let jobs = next {
                let ending =
                    jobs.count == 1
                    ? await attempts.attempt(jobs[0], in: &series, under: hand.watch)
                    : await attempts.attempt(batch: jobs, in: &series, under: hand.watch)
                switch ending {
                case .abandoned: return nil
                case .cutShort(let verdict, let isSeparated):
                    return AttemptRunner.Cut(jobs: jobs, verdict: verdict, isSeparated: isSeparated)
                case .separated: next = hand.separate(jobs)
                case .over: next = hand.end(jobs)
                case .ended(let verdict) where verdict.goesWithOthers: next = hand.end(jobs, verdict)
                case .ended(let alone):
                    await attempts.write(alone)
                    // Whoever cancelled the writing sees to the job.
                    if Task.isCancelled { return nil }
                    next = hand.end(jobs)
                }
                bell.ring()
            }
            return nil
        }
    }
}
