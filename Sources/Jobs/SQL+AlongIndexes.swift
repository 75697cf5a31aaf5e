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

    /// The same for statements that are performed over and over: their plans are made once in a session, as a new one
    /// for each performance takes a tenth of all that the server does.
    static let plannedOnce: SQL = alongIndexes + ", set_config('plan_cache_mode', 'force_generic_plan', true)"
}

extension Database {
    /// Every row of the answer, read along indexes.
    func allAlongIndexes<Row>(_ query: Query<Row>) async throws -> [Row] {
        try await pipeline([.alongIndexes, query.sql])[1].rows(of: Row.self)
    }
}
