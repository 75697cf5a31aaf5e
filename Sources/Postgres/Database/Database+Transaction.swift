import Moments
import Runtime

/// How far concurrent transactions may see one another.
public enum Isolation: String, Sendable {
    /// Each statement sees what was committed before it began.
    case readCommitted = "read committed"
    /// All statements see what was committed before the first one.
    case repeatableRead = "repeatable read"
    /// As if transactions ran one after another; those that cannot are refused and should be run again.
    case serializable = "serializable"
}

extension Database {
    /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// - Parameters:
    ///   - settings: settings of the server for this transaction alone, such as the scope of row security.
    ///   - retries: how often `body` is run anew if the server refuses for the sake of a concurrent transaction.
    /// - Throws: what `body` throws, or a ``DatabaseError``. After `commitUnknown` the changes may or may not be there.
    public func transaction<Answer>(
        settings: [(String, String)] = [], isolation: Isolation = .readCommitted, readOnly: Bool = false,
        retries: Int = 0, file: StaticString = #fileID, line: UInt = #line,
        _ body: (borrowing Transaction) async throws -> Answer
    ) async throws -> Answer {
        let origin = CallSite(file: file, line: line)
        let opening = opening(settings: settings, isolation: isolation, readOnly: readOnly)
        for attempt in 0..<max(retries, 0) {
            do {
                return try await transaction(opening: opening, at: origin, body)
            } catch let error as DatabaseError where error.asksForRetry {
                try await pauseBeforeRetry(attempt, at: origin)
            }
        }
        return try await transaction(opening: opening, at: origin, body)
    }

    private func transaction<Answer>(
        opening: [SQL], at origin: CallSite, _ body: (borrowing Transaction) async throws -> Answer
    ) async throws -> Answer {
        let connection = try await pool.acquire(at: origin)
        var news: Set<Notification> = []
        defer { giveBack(connection, telling: news) }
        return try await connection.transaction(opening: opening, telling: &news, at: origin, body)
    }

    private func opening(settings: [(String, String)], isolation: Isolation, readOnly: Bool) -> [SQL] {
        let mode = isolation == .readCommitted ? "" : " isolation level \(isolation.rawValue)"
        let begin = SQL(trusted: "begin" + mode + (readOnly ? " read only" : ""))
        let all = settings + configuration.settingsOfTransaction
        return all.isEmpty ? [begin] : [begin, SQL(settings: all)]
    }

    /// A few milliseconds, more each time, so that two transactions do not meet in step again.
    private func pauseBeforeRetry(_ attempt: Int, at origin: CallSite) async throws {
        let pause = Backoff(first: .milliseconds(4), most: .milliseconds(200)).delay(afterAttempt: attempt + 1)
        do {
            try await (EventLoop.current ?? loops.next()).sleep(for: pause)
        } catch {
            throw DatabaseError(.cancelled, at: origin)
        }
    }
}

extension SQL {
    /// Sets settings of the server until the end of the transaction.
    init(settings: [(String, String)]) {
        self = "select "
        self += settings.map { "set_config(\($0.0), \($0.1), true)" as SQL }.joined(separator: ", ")
    }
}

extension DatabaseConfiguration {
    var settingsOfTransaction: [(String, String)] {
        guard let statementTimeout else { return [] }
        return [("statement_timeout", "\(statementTimeout.wholeMicroseconds / 1_000)")]
    }
}
