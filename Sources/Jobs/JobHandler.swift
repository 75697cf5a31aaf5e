import FoundationEssentials
public import Postgres

/// What is done with jobs of one type.
public struct JobHandler: Sendable {
    let kind: JobKind
    let queue: JobQueue
    let policy: JobPolicy
    /// Reads the arguments of jobs; answers what is to be done with each of them.
    let read: @Sendable (_ arguments: [String]) -> [Work]
    /// How many jobs at once are handled; nil if each is handled by itself.
    let batch: Batch?

    /// What is done with one job. It throws ``UndecodableArguments`` where that job cannot be read.
    typealias Work = @Sendable (JobContext) async throws -> JobOutcome

    struct Batch: Sendable {
        let limit: Int
        let run: @Sendable (_ jobs: [(arguments: String, JobContext)], borrowing Transaction) async throws -> Void
    }

    /// A handler that may take its time and reach outside. What it changes in the database belongs into
    /// `context.complete { … }`, which also finishes the job.
    ///
    /// Effects outside the database can happen more than once: they need a key by which the other side knows them
    /// again.
    public init<J: Job>(
        for type: J.Type, _ handle: @escaping @Sendable (J, JobContext) async throws -> JobOutcome
    ) {
        self.init(J.self, run: handle)
    }

    /// A handler that only changes the database: all of it in one transaction, in which the job is finished too, so it
    /// happens once and only once. The transaction may be run anew after a conflict with another.
    public init<J: Job>(
        for type: J.Type,
        inTransaction handle: @escaping @Sendable (J, JobContext, borrowing Transaction) async throws -> JobOutcome
    ) {
        self.init(J.self) { job, context in
            try await context.settle { (transaction: borrowing Transaction) in
                try await handle(job, context, transaction)
            }
        }
    }

    /// A handler for small jobs that only change the database: it is given as many of those that wait as there are, up
    /// to `limit`, and all of them are finished in its one transaction, so each happens once and only once. The
    /// transaction may be run anew after a conflict with another.
    ///
    /// Where it throws, takes too long, or one of the jobs is no longer this worker's, nothing has happened, and it is
    /// given each of the jobs by itself: what fails then is that job's own attempt. A job with a key or a deadline, or
    /// with which a worker was lost, is always given by itself. A worker claims at least `limit` jobs at a time.
    ///
    /// - Precondition: `limit` is at least one.
    public init<J: Job>(
        for type: J.Type, batchesOf limit: Int,
        inTransaction handle:
            @escaping @Sendable ([(job: J, context: JobContext)], borrowing Transaction) async throws
            -> Void
    ) {
        precondition(limit > 0, "a batch has at least one job")
        let batch = Batch(limit: limit) { jobs, transaction in
            let read = J.read(jobs.map(\.arguments))
            try await handle(try zip(read, jobs).map { (try $0.get(), $1.1) }, transaction)
        }
        self.init(J.self, batch: batch) { job, context in
            try await context.settle { (transaction: borrowing Transaction) in
                try await handle([(job, context)], transaction)
                return .done
            }
        }
    }

    private init<J: Job>(
        _ type: J.Type, batch: Batch? = nil,
        run: @escaping @Sendable (J, JobContext) async throws -> JobOutcome
    ) {
        kind = J.kind
        queue = J.queue
        policy = J.policy
        self.batch = batch
        read = { arguments in
            J.read(arguments).map { job in { context in try await run(try job.get(), context) } }
        }
    }
}

private let decoder = JSONDecoder()

/// The arguments of a job cannot be read: another version of the program wrote them, or somebody changed them.
struct UndecodableArguments: Error {
    let reason: String
}

extension Job {
    /// Reads the arguments of jobs: of many at once in a quarter of the time that one after the other takes.
    fileprivate static func read(_ arguments: [String]) -> [Result<Self, any Error>] {
        if arguments.count > 1 {
            let all = "[\(arguments.joined(separator: ","))]"
            if let jobs = try? decoder.decode([Self].self, from: Data(all.utf8)), jobs.count == arguments.count {
                return jobs.map { .success($0) }
            }
        }
        return arguments.map { arguments in Result { try Self(arguments: arguments) } }
    }

    init(arguments: String) throws {
        do {
            self = try decoder.decode(Self.self, from: Data(arguments.utf8))
        } catch let error as DecodingError {
            throw UndecodableArguments(reason: "the arguments cannot be read: \(error.sentence)")
        } catch {
            throw UndecodableArguments(reason: "the arguments cannot be read: \(error)")
        }
    }
}

extension DecodingError {
    /// What is wrong and where, in one line.
    fileprivate var sentence: String {
        switch self {
        case .keyNotFound(let key, let context): "\(path(context.codingPath + [key])) is missing"
        case .valueNotFound(_, let context): "\(path(context.codingPath)) is null"
        case .typeMismatch(let type, let context): "\(path(context.codingPath)) is no \(type)"
        case .dataCorrupted(let context): "\(path(context.codingPath)): \(context.debugDescription)"
        @unknown default: "\(self)"
        }
    }

    private func path(_ keys: [any CodingKey]) -> String {
        "/" + keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: "/")
    }
}
