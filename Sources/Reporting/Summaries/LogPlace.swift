import Postgres

/// A place in the log of events, in the order in which transactions began. What stands before the oldest transaction
/// still under way can no longer change.
struct LogPlace: Equatable, Sendable {
    /// A transaction's number, as text.
    let transaction: String
    let event: Int64

    static let start = LogPlace(transaction: "0", event: 0)
}

extension LogPlace: PostgresRow {
    static var columns: String { "transaction::text, event" }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(transaction: try row.read(), event: try row.read())
    }
}

extension Query<LogPlace> {
    /// Where counting stands, held for this transaction; nothing while another copy counts, and nothing while a
    /// document is being applied: what is counted is counted by all the documents that were in force by then.
    static var claimed: Self {
        """
        select \(columns: LogPlace.self) from figure_cursor
        where pg_try_advisory_xact_lock_shared(hashtext('meridian.organisation')) for update skip locked
        """
    }

    /// The same, waiting for the other copy.
    static var awaited: Self { "select \(columns: LogPlace.self) from figure_cursor for update" }
}
