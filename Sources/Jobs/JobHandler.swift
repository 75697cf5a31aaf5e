import FoundationEssentials
public import Postgres

/// What is done with jobs of one type.
public struct JobHandler: Sendable {
    let kind: JobKind
    let queue: JobQueue
    let policy: JobPolicy
    let run: @Sendable (_ arguments: String, JobContext) async throws -> JobOutcome

    /// A handler that may take its time and reach outside. What it changes in the database belongs into
    /// `context.complete { … }`, which also finishes the job.
    ///
    /// Effects outside the database can happen more than once: they need a key by which the other side knows them
    /// again.
    public init<J: Job>(
        for type: J.Type, _ handle: @escaping @Sendable (J, JobContext) async throws -> JobOutcome
    ) {
        self.init(J.self) { arguments, context in
            try await handle(try J(arguments: arguments), context)
        }
    }

    /// A handler that only changes the database: all of it in one transaction, in which the job is finished too, so it
    /// happens once and only once. The transaction may be run anew after a conflict with another.
    public init<J: Job>(
        for type: J.Type,
        inTransaction handle: @escaping @Sendable (J, JobContext, borrowing Transaction) async throws -> JobOutcome
    ) {
        self.init(J.self) { arguments, context in
            let job = try J(arguments: arguments)
            return try await context.settle { (transaction: borrowing Transaction) in
                try await handle(job, context, transaction)
            }
        }
    }

    private init<J: Job>(
        _ type: J.Type, run: @escaping @Sendable (_ arguments: String, JobContext) async throws -> JobOutcome
    ) {
        kind = J.kind
        queue = J.queue
        policy = J.policy
        self.run = run
    }
}

/// The arguments of a job cannot be read: another version of the program wrote them, or somebody changed them.
struct UndecodableArguments: Error {
    let reason: String
}

extension Job {
    init(arguments: String) throws {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(arguments.utf8))
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
