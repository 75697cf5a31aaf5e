/// Each call is a transaction of its own.
extension Database: SQLSession {
    public func perform(
        _ statements: [SQL], for purpose: StatementPurpose, at origin: CallSite
    ) async throws(DatabaseError) -> [StatementAnswer] {
        try await perform(statements, under: [], for: purpose, at: origin)
    }

    /// - Parameter settings: what is set for these statements alone.
    func perform(
        _ statements: [SQL], under settings: [(String, String)], for purpose: StatementPurpose, at origin: CallSite
    ) async throws(DatabaseError) -> [StatementAnswer] {
        let connection = try await pool.acquire(at: origin)
        var news: Set<Notification> = []
        defer { giveBack(connection, telling: news) }
        let settings = settings + configuration.settingsOfTransaction
        let prelude = settings.isEmpty ? [] : [Statement(SQL(settings: settings))]
        let all = prelude + statements.map { Statement($0) }
        do {
            let answers = try await connection.exchange(all, at: origin)
            news = all.news(in: answers)
            return answers.dropFirst(prelude.count).map { StatementAnswer(answer: $0, origin: origin) }
        } catch {
            throw purpose == .writing ? error.ifSentAndLost(.commitUnknown) : error
        }
    }

    /// Runs a script of several statements without parameters; one transaction, unless it says otherwise itself.
    public func run(
        script: String, file: StaticString = #fileID, line: UInt = #line
    ) async throws(DatabaseError) {
        let origin = CallSite(file: file, line: line)
        let connection = try await pool.acquire(at: origin)
        defer { pool.giveBack(connection) }
        try await connection.run(script: script, at: origin)
    }
}
