import Synchronization

/// The right to change the database, lent for the length of one closure.
///
/// It cannot be copied, so it cannot outlive the transaction it stands for.
public struct Transaction: ~Copyable, SQLSession {
    let connection: Connection
    /// What travels with the next statement: what opens the transaction, and what need not be answered at once.
    private let waiting: Mutex<WaitingStatements>
    /// How many cursors it has had, so that each has a name of its own.
    let cursors = Atomic(0)

    init(on connection: Connection, opening: [SQL]) {
        self.connection = connection
        waiting = Mutex(WaitingStatements(statements: opening.map { Statement($0) }))
    }

    public func perform(
        _ statements: [SQL], for purpose: StatementPurpose, at origin: CallSite
    ) async throws(DatabaseError) -> [StatementAnswer] {
        let before = takeWaiting()
        let answers = try await exchange(before + statements.map { Statement($0) }, at: origin)
        return answers.dropFirst(before.count).map { StatementAnswer(answer: $0, origin: origin) }
    }

    /// Has a statement travel with the next one that is asked for an answer, or else with the commit: a change whose
    /// answer nobody needs costs no round trip. Statements are performed in the order of the calls. Where the server
    /// refuses it, the error is thrown by what it travels with and names the place of this call.
    public func later(_ sql: SQL, file: StaticString = #fileID, line: UInt = #line) {
        let statement = Statement(sql, origin: CallSite(file: file, line: line))
        waiting.withLock { waiting in
            waiting.statements.append(statement)
            waiting.hasWork = true
        }
    }

    /// Has a notification sent once the transaction has been committed, as ``SQL/telling(_:column:)`` does.
    ///
    /// - Parameter payload: a text of fewer than 8,000 bytes.
    public func tell(_ channel: String, _ payload: String) {
        waiting.withLock { _ = $0.news.insert(Notification(channel: channel, payload: payload)) }
    }

    /// Runs a script of several statements without parameters.
    public func run(
        script: String, file: StaticString = #fileID, line: UInt = #line
    ) async throws(DatabaseError) {
        let origin = CallSite(file: file, line: line)
        try await performWaiting(at: origin)
        try await connection.run(script: script, at: origin)
    }

    /// Performs what would travel with the next statement, before one with which nothing can.
    func performWaiting(at origin: CallSite) async throws(DatabaseError) {
        let before = takeWaiting()
        if !before.isEmpty { _ = try await exchange(before, at: origin) }
    }

    private func exchange(_ statements: [Statement], at origin: CallSite) async throws(DatabaseError) -> [Answer] {
        let answers = try await connection.exchange(statements, at: origin)
        let news = statements.news(in: answers)
        if !news.isEmpty { waiting.withLock { $0.news.formUnion(news) } }
        return answers
    }

    /// Whether any statement has been sent.
    var hasBegun: Bool { waiting.withLock(\.hasBegun) }

    /// Whether there is anything to commit.
    var hasWork: Bool { waiting.withLock { $0.hasBegun || $0.hasWork } }

    /// What is to be told of the statements answered so far, if they are committed.
    var news: Set<Notification> { waiting.withLock(\.news) }

    /// What is to be sent before anything else.
    func takeWaiting() -> [Statement] { waiting.withLock { $0.take() } }
}
