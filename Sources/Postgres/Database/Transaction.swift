import Synchronization

/// The right to change the database, lent for the length of one closure.
///
/// It cannot be copied, so it cannot outlive the transaction it stands for.
public struct Transaction: ~Copyable, SQLSession {
    let connection: Connection
    /// What opens the transaction. It travels with the first statement, so opening costs no round trip of its own.
    private let opening: Mutex<[Statement]>
    /// How many cursors it has had, so that each has a name of its own.
    let cursors = Atomic(0)

    init(on connection: Connection, opening: [SQL]) {
        self.connection = connection
        self.opening = Mutex(opening.map(Statement.init))
    }

    public func perform(
        _ statements: [SQL], for purpose: StatementPurpose, at origin: CallSite
    ) async throws(DatabaseError) -> [StatementAnswer] {
        let opening = takeOpening()
        let answers = try await connection.exchange(opening + statements.map(Statement.init), at: origin)
        return answers.dropFirst(opening.count).map { StatementAnswer(answer: $0, origin: origin) }
    }

    /// Runs a script of several statements without parameters.
    public func run(
        script: String, file: StaticString = #fileID, line: UInt = #line
    ) async throws(DatabaseError) {
        let origin = CallSite(file: file, line: line)
        let opening = takeOpening()
        if !opening.isEmpty { _ = try await connection.exchange(opening, at: origin) }
        try await connection.run(script: script, at: origin)
    }

    /// Whether any statement has been sent.
    var hasBegun: Bool { opening.withLock(\.isEmpty) }

    private func takeOpening() -> [Statement] {
        opening.withLock { opening in
            defer { opening = [] }
            return opening
        }
    }
}
