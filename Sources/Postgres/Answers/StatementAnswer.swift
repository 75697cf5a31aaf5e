/// What one statement of a pipeline answered.
public struct StatementAnswer: Sendable {
    let answer: Answer
    let origin: CallSite

    /// How many rows it inserted, changed, deleted or selected.
    public var affectedRows: Int { answer.affectedRows }

    /// Its rows as values of a row type.
    public func rows<Row: PostgresRow>(of type: Row.Type = Row.self) throws(DatabaseError) -> [Row] {
        try answer.rows(at: origin) { row throws(UndecodableColumn) in try Row(from: &row) }
    }

    /// Its first row as a value of a row type; nil if there is none.
    public func first<Row: PostgresRow>(of type: Row.Type = Row.self) throws(DatabaseError) -> Row? {
        try answer.rows(limit: 1, at: origin) { row throws(UndecodableColumn) in try Row(from: &row) }.first
    }

    /// The only column of its rows.
    public func rows<Column: PostgresValue>(as type: Column.Type) throws(DatabaseError) -> [Column] {
        try answer.rows(at: origin) { row throws(UndecodableColumn) in try row.read(type) }
    }

    /// The only column of its first row; nil if there is none.
    public func first<Column: PostgresValue>(as type: Column.Type) throws(DatabaseError) -> Column? {
        try answer.rows(limit: 1, at: origin) { row throws(UndecodableColumn) in try row.read(type) }.first
    }

    /// Its rows as tuples.
    public func rows<each Column: PostgresValue>(
        as type: (repeat each Column).Type
    ) throws(DatabaseError) -> [(repeat each Column)] {
        try answer.rows(at: origin) { row throws(UndecodableColumn) in
            (repeat try row.read((each Column).self))
        }
    }

    /// Its first row as a tuple; nil if there is none.
    public func first<each Column: PostgresValue>(
        as type: (repeat each Column).Type
    ) throws(DatabaseError) -> (repeat each Column)? {
        try answer.rows(limit: 1, at: origin) { row throws(UndecodableColumn) in
            (repeat try row.read((each Column).self))
        }.first
    }
}
