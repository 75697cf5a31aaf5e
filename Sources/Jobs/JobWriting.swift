import Postgres
import Runtime

/// Writes what became of jobs of one queue: with a claim, or in a session beside it, so that no claim waits for it.
struct JobWriting: Sendable {
    private let ended: [Verdict]
    private let runner: QueueRunner
    private let attempts: AttemptRunner
    let statements: [SQL]

    /// Nil where nothing has ended.
    init?(_ runner: QueueRunner, _ attempts: AttemptRunner) {
        ended = runner.hand.takeEnded()
        guard !ended.isEmpty else { return nil }
        (self.runner, self.attempts) = (runner, attempts)
        for verdict in ended { JobPoint.completing.pass(of: verdict.job.kind) }
        statements = Settlement.finish(ended, now: runner.settings.now())
    }

    /// Writes it in a transaction of its own.
    func perform() async {
        do {
            note(held: try read(try await runner.database.pipeline([.plannedOnce] + statements).dropFirst()))
            // What has ended meanwhile waits for its turn, and perhaps there is room again.
            runner.bell.ring()
        } catch {
            putBack()
            runner.warn(error)
        }
    }

    /// The numbers of those that were still the worker's.
    func read(_ answers: some Sequence<StatementAnswer>) throws -> [JobID] {
        try answers.flatMap { try $0.rows(as: JobID.self) }
    }

    /// Notes that it is written.
    func note(held: [JobID]) {
        runner.hand.written(ended)
        guard held.count < ended.count else { return attempts.written(ended) }
        let held = Set(held)
        attempts.written(ended.filter { held.contains($0.job.id) })
        for verdict in ended where !held.contains(verdict.job.id) { attempts.lost(verdict.job) }
    }

    /// Keeps it for the next time.
    func putBack() { runner.hand.putBack(ended) }
}
