/// Questions that travel to the database together, whoever asks them. Each tells where its answer will be, so that
/// parts of a page can ask without knowing of one another:
/// ```swift
/// var batch = Batch()
/// let ticket = batch.first(.numbered(number))
/// let legs = batch.all(.legs(of: number))
/// let answers = try await database.ask(batch)
/// let page = Page(ticket: try answers[ticket], legs: try answers[legs])
/// ```
public struct Batch: Sendable {
    private(set) var statements: [SQL] = []
    /// Whether anything in it may change something.
    private(set) var purpose = StatementPurpose.reading

    public init() {}

    /// Every row of the answer.
    public mutating func all<Row>(_ query: Query<Row>) -> Pending<[Row]> {
        let place = place(of: query.sql)
        return Pending { answers throws(DatabaseError) in try answers[place].rows(of: Row.self) }
    }

    /// The first row of the answer; nil if it has none.
    public mutating func first<Row>(_ query: Query<Row>) -> Pending<Row?> {
        let place = place(of: query.sql)
        return Pending { answers throws(DatabaseError) in try answers[place].first(of: Row.self) }
    }

    /// The only column of every row.
    public mutating func all<Column: PostgresValue>(_ sql: SQL, as type: Column.Type) -> Pending<[Column]> {
        let place = place(of: sql)
        return Pending { answers throws(DatabaseError) in try answers[place].rows(as: type) }
    }

    /// The only column of the first row; nil if there is no row.
    public mutating func first<Column: PostgresValue>(_ sql: SQL, as type: Column.Type) -> Pending<Column?> {
        let place = place(of: sql)
        return Pending { answers throws(DatabaseError) in try answers[place].first(as: type) }
    }

    /// Every row of the answer, as tuples.
    public mutating func all<each Column: PostgresValue>(
        _ sql: SQL, as type: (repeat each Column).Type
    ) -> Pending<[(repeat each Column)]> {
        let place = place(of: sql)
        return Pending { answers throws(DatabaseError) in try answers[place].rows(as: type) }
    }

    /// The first row of the answer, as a tuple; nil if it has none.
    public mutating func first<each Column: PostgresValue>(
        _ sql: SQL, as type: (repeat each Column).Type
    ) -> Pending<(repeat each Column)?> {
        let place = place(of: sql)
        return Pending { answers throws(DatabaseError) in try answers[place].first(as: type) }
    }

    /// A statement that may change something: what is asked behind it sees what it did.
    public mutating func run(_ sql: SQL) {
        purpose = .writing
        _ = place(of: sql)
    }

    private mutating func place(of sql: SQL) -> Int {
        statements.append(sql)
        return statements.count - 1
    }
}

/// An answer that a ``Batch`` will bring.
public struct Pending<Value>: Sendable {
    let read: @Sendable ([StatementAnswer]) throws(DatabaseError) -> Value
}

extension Pending where Value: Sendable {
    /// What is known without asking.
    public static func known(_ value: Value) -> Pending { Pending { _ in value } }
}

extension Pending {
    /// What becomes of the answer once it is there.
    public func map<Other>(_ transform: @escaping @Sendable (Value) -> Other) -> Pending<Other> {
        Pending<Other> { answers throws(DatabaseError) in transform(try read(answers)) }
    }
}

/// What the database answered to a ``Batch``.
public struct BatchAnswers: Sendable {
    let answers: [StatementAnswer]

    /// - Throws: ``DatabaseError`` where an answer does not fit the type that it is to be read as.
    public subscript<Value>(_ pending: Pending<Value>) -> Value {
        get throws(DatabaseError) { try pending.read(answers) }
    }
}

extension SQLSession where Self: ~Copyable {
    /// Asks all of a batch in one round trip.
    public func ask(
        _ batch: Batch, file: StaticString = #fileID, line: UInt = #line
    ) async throws(DatabaseError) -> BatchAnswers {
        if batch.statements.isEmpty { return BatchAnswers(answers: []) }
        return BatchAnswers(
            answers: try await perform(
                batch.statements, for: batch.purpose, at: CallSite(file: file, line: line)))
    }
}

extension Database {
    /// Asks all of a batch in one round trip and one transaction.
    ///
    /// - Parameter settings: settings of the server for it alone, such as the scope of row security.
    public func ask(
        _ batch: Batch, settings: [(String, String)], file: StaticString = #fileID, line: UInt = #line
    ) async throws(DatabaseError) -> BatchAnswers {
        if batch.statements.isEmpty { return BatchAnswers(answers: []) }
        return BatchAnswers(
            answers: try await perform(
                batch.statements, under: settings, for: batch.purpose, at: CallSite(file: file, line: line)))
    }
}
