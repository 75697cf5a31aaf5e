import Synchronization

extension Transaction {
    /// Hands every row of an answer of any size to `body`, in constant memory: the server keeps the rest.
    ///
    /// - Parameter batch: how many rows travel at a time.
    public func each<Row>(
        _ query: Query<Row>, batch: Int = 500, file: StaticString = #fileID, line: UInt = #line,
        _ body: (Row) async throws -> Void
    ) async throws {
        let origin = CallSite(file: file, line: line)
        let cursor = SQL(trusted: "each_\(cursors.add(1, ordering: .relaxed).newValue)")
        let fetch = SQL(trusted: "fetch \(max(batch, 1)) from ") + cursor
        let declare: SQL = "declare \(cursor) no scroll cursor for \(query.sql)"
        var rows: [Row] = try await perform([declare, fetch], for: .reading, at: origin)[1].rows()
        while !rows.isEmpty {
            for row in rows { try await body(row) }
            // The next batch of an answer that is at its end would be a round trip for nothing.
            if rows.count < batch { break }
            rows = try await perform([fetch], for: .reading, at: origin)[0].rows()
        }
        _ = try await perform(["close \(cursor)"], for: .reading, at: origin)
    }
}
