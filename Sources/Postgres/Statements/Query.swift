/// A statement that knows the row it answers with, written like ``SQL``.
///
/// Give the queries of a row type their names in an extension, so that calls read `transaction.first(.held(id))`:
/// ```swift
/// extension Query<Ticket> {
///     static func held(_ id: Ticket.ID) -> Self {
///         "select \(columns: Ticket.self) from ticket where id = \(id) for update"
///     }
/// }
/// ```
public struct Query<Row: PostgresRow>: Sendable, ExpressibleByStringInterpolation {
    public var sql: SQL

    public init(_ sql: SQL) {
        self.sql = sql
    }

    public init(stringLiteral text: String) {
        sql = SQL(stringLiteral: text)
    }

    public init(stringInterpolation: SQL.StringInterpolation) {
        sql = SQL(stringInterpolation: stringInterpolation)
    }
}
