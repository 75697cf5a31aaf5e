/// A type that is read from one row of an answer.
///
/// `columns` and `init(from:)` are two halves of one thing: the columns are read in the order in which they are listed,
/// all of them.
public protocol PostgresRow: Sendable {
    /// What stands between `select` and `from`, or after `returning`.
    static var columns: String { get }

    init(from row: inout RowReader) throws(UndecodableColumn)
}
