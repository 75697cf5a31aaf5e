public import Moments
public import Postgres
import Runtime

/// What a handler knows of the attempt it makes, and how it finishes the job together with what it changes.
public struct JobContext: Sendable {
    public var id: JobID { job.id }
    public var kind: JobKind { job.kind }
    public var queue: JobQueue { lane.queue.whole }
    /// The group of the queue's jobs that it is of; nil for none.
    public var group: String? { lane.queue.group }
    /// The site whose workers the job is for; nil if it is for those of every site.
    public var site: String? { lane.site }
    public var key: String? { job.key }
    /// 1 for the first attempt. Attempts that were snoozed or cut short by a stop of the worker do not count.
    public var attempt: Int { job.attempt }
    /// Whether a failure of this attempt makes the job a dead letter.
    public var isLastAttempt: Bool { job.attempt >= job.attemptsAllowed }
    public var enqueuedAt: Moment { job.enqueuedAt }
    /// When the worker got the job, by the database's clock.
    public var claimedAt: Moment { job.claimedAt }

    private let job: ClaimedJob
    private let lane: Lane
    private let policy: JobPolicy
    private let database: Database
    private let now: @Sendable () -> Moment?

    init(
        _ job: ClaimedJob, lane: Lane, policy: JobPolicy, database: Database, now: @escaping @Sendable () -> Moment?
    ) {
        (self.job, self.lane, self.policy, self.database, self.now) = (job, lane, policy, database, now)
    }

    var stage: AttemptProgress.Stage { job.progress.stage }

    /// Runs `body` in a transaction that also finishes the job: both happen, or neither.
    ///
    /// - Parameters:
    ///   - outcome: how the job ends if `body` returns.
    ///   - settings: settings of the server for this transaction, such as the scope of row security.
    ///   - retries: how often `body` is run anew after a conflict with a concurrent transaction.
    /// - Throws: ``LeaseLost`` if the job was taken from this worker meanwhile, and then nothing has happened; what
    ///   `body` throws; `DatabaseError`.
    @discardableResult
    public func complete<Answer>(
        as outcome: JobOutcome = .done, settings: [(String, String)] = [], retries: Int = 3,
        _ body: (borrowing Transaction) async throws -> Answer
    ) async throws -> Answer {
        let answer = try await database.transaction(settings: settings, retries: retries) {
            (transaction: borrowing Transaction) in
            let answer = try await body(transaction)
            try await complete(in: transaction, as: outcome)
            return answer
        }
        JobPoint.completed.pass(of: kind)
        job.progress.move(to: .settled)
        return answer
    }

    /// Finishes the job in a transaction that somebody else commits, as its last act.
    ///
    /// - Throws: ``LeaseLost`` if the job was taken from this worker meanwhile: let it out, so that the transaction is
    ///   rolled back. `DatabaseError`.
    public func complete(in transaction: borrowing Transaction, as outcome: JobOutcome = .done) async throws {
        job.progress.move(to: .entrusted)
        let settlement = Settlement(outcome, keepsHistory: policy.keepsHistory)
        let answers = try await transaction.pipeline(settlement.statements(of: job, now: now()))
        guard answers[settlement.fence(of: job)].affectedRows == 1 else { throw LeaseLost(id: id) }
        JobPoint.completing.pass(of: kind)
    }

    /// Runs `body` in a transaction that also ends the attempt as `body` says.
    func settle(_ body: (borrowing Transaction) async throws -> JobOutcome) async throws -> JobOutcome {
        let outcome = try await database.transaction(retries: 3) { (transaction: borrowing Transaction) in
            let outcome = try await body(transaction)
            try await complete(in: transaction, as: outcome)
            return outcome
        }
        JobPoint.completed.pass(of: kind)
        job.progress.move(to: .settled)
        return outcome
    }
}

/// The worker's hold on a job is over: somebody took the job while the worker did not answer, and what the worker has
/// done since must not count.
public struct LeaseLost: Error, Hashable, CustomStringConvertible {
    public let id: JobID

    public var description: String {
        "job \(id) was taken from this worker, which had not answered in time; its changes were not made"
    }
}

extension Settlement {
    /// - Parameter keepsHistory: whether something stays of a job that is done.
    init(_ outcome: JobOutcome, keepsHistory: Bool = true) {
        self =
            switch outcome {
            case .done: keepsHistory ? .finished(.done, reason: nil) : .forgotten
            case .snooze(let wait): .snoozed(wait)
            case .discard(let reason): .finished(.discarded, reason: reason)
            case .dead(let reason): .dead(reason: reason)
            }
    }
}
