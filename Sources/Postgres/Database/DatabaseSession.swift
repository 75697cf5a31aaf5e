import Runtime

/// A session of its own on the server, on the direct connection: for what the server remembers from one transaction to
/// the next, such as advisory locks.
///
/// Safe to share; one statement at a time.
public struct DatabaseSession: SQLSession {
    let connection: Connection
    let database: Database

    public func perform(
        _ statements: [SQL], for purpose: StatementPurpose, at origin: CallSite
    ) async throws(DatabaseError) -> [StatementAnswer] {
        let statements = statements.map { Statement($0) }
        do {
            let answers = try await connection.exchange(statements, at: origin)
            database.tell(statements.news(in: answers))
            return answers.map { StatementAnswer(answer: $0, origin: origin) }
        } catch {
            throw purpose == .writing ? error.ifSentAndLost(.commitUnknown) : error
        }
    }

    /// Runs a script of several statements without parameters; one transaction, unless it says otherwise itself.
    public func run(
        script: String, file: StaticString = #fileID, line: UInt = #line
    ) async throws(DatabaseError) {
        try await connection.run(script: script, at: CallSite(file: file, line: line))
    }

    /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
    public func transaction<Answer>(
        file: StaticString = #fileID, line: UInt = #line, _ body: (borrowing Transaction) async throws -> Answer
    ) async throws -> Answer {
        var news: Set<Notification> = []
        defer { database.tell(news) }
        return try await connection.transaction(
            opening: ["begin"], telling: &news, at: CallSite(file: file, line: line), body)
    }
}

extension Database {
    /// Lends a session of its own, outside of the pool, and ends it afterwards.
    public func session<Answer>(
        file: StaticString = #fileID, line: UInt = #line, _ body: (DatabaseSession) async throws -> Answer
    ) async throws -> Answer {
        let connection = try await directConnection(at: CallSite(file: file, line: line))
        defer { connection.closeSoon() }
        return try await body(DatabaseSession(connection: connection, database: self))
    }

    /// A connection outside of the pool.
    func directConnection(at origin: CallSite) async throws(DatabaseError) -> Connection {
        let connector = Connector(
            string: configuration.direct, configuration: configuration, blocking: blocking,
            exchanges: exchanges, log: log)
        let loop = loops.nearest
        do {
            return try await loop.run {
                let connection = try await connector.connect(on: loop)
                try await connection.start()
                return connection
            }
        } catch let failure as ConnectionAttempt.Failure {
            throw DatabaseError(.unreachable, report: failure.report, at: origin)
        } catch {
            throw DatabaseError(Task.isCancelled ? .cancelled : .unreachable, report: "\(error)", at: origin)
        }
    }
}
