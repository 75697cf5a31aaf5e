/// Whatever statements can be run on: a ``Transaction``, or a ``Database`` when each call may be on its own.
public protocol SQLSession: ~Copyable, Sendable {
    /// Performs the statements in order in one round trip; the methods for everyday use are built on this one.
    func perform(
        _ statements: [SQL], for purpose: StatementPurpose, at origin: CallSite
    ) async throws(DatabaseError) -> [StatementAnswer]
}

/// What statements are for. It decides what a connection that breaks in the middle means.
public enum StatementPurpose: Sendable {
    /// They only read, so nothing has happened.
    case reading
    /// They may change something, so outside of a transaction nobody knows whether it has happened.
    case writing
}

extension SQLSession where Self: ~Copyable {
    /// Every row of the answer.
    public func all<Row>(
        _ query: Query<Row>, file: StaticString = #fileID, line: UInt = #line
    ) async throws(DatabaseError) -> [Row] {
        try await perform([query.sql], for: .reading, at: CallSite(file: file, line: line))[0].rows(of: Row.self)
    }

    /// The first row of the answer; nil if it has none.
    public func first<Row>(
        _ query: Query<Row>, file: StaticString = #fileID, line: UInt = #line
    ) async throws(DatabaseError) -> Row? {
        try await perform([query.sql], for: .reading, at: CallSite(file: file, line: line))[0].first(of: Row.self)
    }

    /// The only column of every row.
    public func all<Column: PostgresValue>(
        _ sql: SQL, as type: Column.Type, file: StaticString = #fileID, line: UInt = #line
    ) async throws(DatabaseError) -> [Column] {
        try await perform([sql], for: .reading, at: CallSite(file: file, line: line))[0].rows(as: type)
    }

    /// The only column of the first row; nil if there is no row.
    public func first<Column: PostgresValue>(
        _ sql: SQL, as type: Column.Type, file: StaticString = #fileID, line: UInt = #line
    ) async throws(DatabaseError) -> Column? {
        try await perform([sql], for: .reading, at: CallSite(file: file, line: line))[0].first(as: type)
    }

    /// Every row of the answer, as tuples: `all("select id, subject from ticket", as: (Int64, String).self)`.
    public func all<each Column: PostgresValue>(
        _ sql: SQL, as type: (repeat each Column).Type, file: StaticString = #fileID, line: UInt = #line
    ) async throws(DatabaseError) -> [(repeat each Column)] {
        try await perform([sql], for: .reading, at: CallSite(file: file, line: line))[0].rows(as: type)
    }

    /// The first row of the answer, as a tuple; nil if it has none.
    public func first<each Column: PostgresValue>(
        _ sql: SQL, as type: (repeat each Column).Type, file: StaticString = #fileID, line: UInt = #line
    ) async throws(DatabaseError) -> (repeat each Column)? {
        try await perform([sql], for: .reading, at: CallSite(file: file, line: line))[0].first(as: type)
    }

    /// Runs a statement; returns how many rows it inserted, changed, deleted or selected.
    @discardableResult
    public func run(
        _ sql: SQL, file: StaticString = #fileID, line: UInt = #line
    ) async throws(DatabaseError) -> Int {
        try await perform([sql], for: .writing, at: CallSite(file: file, line: line))[0].affectedRows
    }

    /// Runs several statements in one round trip, all or none of them; one answer for each.
    public func pipeline(
        _ statements: [SQL], file: StaticString = #fileID, line: UInt = #line
    ) async throws(DatabaseError) -> [StatementAnswer] {
        if statements.isEmpty { return [] }
        return try await perform(statements, for: .writing, at: CallSite(file: file, line: line))
    }
}
