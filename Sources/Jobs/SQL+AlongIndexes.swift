public import Postgres

/// The queue's tables grow from nothing to millions of rows and back, while plans are kept and statistics are old. What
/// must take the same time on all of them is therefore planned for a large table, whatever the statistics say.
extension SQL {
    /// Has the statements that follow in the transaction read along indexes, from where they begin to where they may
    /// stop.
    public static let alongIndexes: SQL = """
        select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
            set_config('enable_sort', 'off', true), set_config('jit', 'off', true)
        """
}

extension Database {
    /// Every row of the answer, read along indexes.
    func allAlongIndexes<Row>(_ query: Query<Row>) async throws -> [Row] {
        try await pipeline([.alongIndexes, query.sql])[1].rows(of: Row.self)
    }
}
